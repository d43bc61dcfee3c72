// Where the page server is joined together. It holds no store and no key: it asks the same API as everybody else.
import { type AppDescription, createLogger, createMetrics, httpPart, systemClock } from '@onsale/runtime';
import type { Config } from './config.ts';
import { apiClient } from './server/ask-api.ts';
import { readBuiltPages } from './server/built-pages.ts';
import { pageHandler } from './server/page-handler.tsx';

export async function compose(config: Config): Promise<AppDescription> {
  const logger = createLogger({ app: 'web', level: config.ONSALE_LOG_LEVEL });
  const metrics = createMetrics('web');
  const { now } = systemClock;
  const api = apiClient({
    bases: { 'waiting-room': config.ONSALE_WAITING_ROOM_URL, 'booking-api': config.ONSALE_BOOKING_API_URL },
    now,
  });
  const handler = pageHandler({
    api,
    built: readBuiltPages(config.ONSALE_PAGES_FOLDER),
    publicUrl: config.ONSALE_PUBLIC_URL.replace(/\/$/, ''),
    logger,
    metrics,
    now,
    random: Math.random,
  });
  return {
    logger,
    metrics,
    internalPort: config.INTERNAL_PORT,
    parts: [httpPart({ port: config.PORT, api: handler })],
    checks: [],
  };
}
