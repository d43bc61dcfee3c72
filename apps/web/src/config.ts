// Environment of the page server.
import { loadConfig, variable } from '@onsale/runtime';

export const variables = {
  PORT: { schema: variable.port, default: '8106', meaning: 'public port' },
  INTERNAL_PORT: { schema: variable.port, default: '9106', meaning: 'port of /metrics, /healthz and /readyz' },
  ONSALE_PUBLIC_URL: {
    schema: variable.url,
    default: 'http://localhost:3000',
    meaning: 'address of the one origin as fans see it; forms are taken from there only',
  },
  ONSALE_WAITING_ROOM_URL: {
    schema: variable.list,
    default: 'http://127.0.0.1:8101',
    meaning: 'where the page server reaches the waiting room; of several addresses the first that answers',
  },
  ONSALE_BOOKING_API_URL: {
    schema: variable.list,
    default: 'http://127.0.0.1:3003',
    meaning: 'where the page server reaches the booking API; of several addresses the first that answers',
  },
  ONSALE_PAGES_FOLDER: {
    schema: variable.text,
    default: 'apps/web/dist/public',
    meaning: 'folder of the built pages, from where the process was started',
  },
  ONSALE_LOG_LEVEL: { schema: variable.text, default: 'info', meaning: 'least severe log level that is written' },
} as const;

export type Config = ReturnType<typeof readConfig>;

export function readConfig() {
  return loadConfig(variables, process.env);
}
