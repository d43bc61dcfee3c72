// The apps of a stack and what each is told by its environment.
import type { LocalServices } from '@onsale/local-services';
import type { Secrets } from '../secrets.ts';

export const stackApps = [
  'waiting-room',
  'admitter',
  'booking-api',
  'booking-worker',
  'jobs',
  'console-api',
  'web',
] as const;
export type StackApp = (typeof stackApps)[number];

/** One process of an app. */
export type AppCopy = {
  readonly app: StackApp;
  /** `booking-worker`, then `booking-worker-2` and so on. */
  readonly name: string;
};

export function appCopies(copies: number): readonly AppCopy[] {
  return Array.from({ length: copies }, (_, at) => at + 1).flatMap((copy) =>
    stackApps.map((app) => ({ app, name: copy === 1 ? app : `${app}-${copy}` })),
  );
}

export type AppPorts = { readonly port: number; readonly internalPort: number };

export type AppSurroundings = {
  readonly origin: string;
  readonly services: Pick<LocalServices, 'redisUrl' | 'amqpUrl' | 'mongodbUri'>;
  readonly secrets: Secrets;
  /** Where mail is kept as files. */
  readonly mailDir: string;
  readonly demo: { readonly scheduledSeconds: number; readonly prequeueSeconds: number };
  readonly inherited: Readonly<NodeJS.ProcessEnv>;
  /** Every process, for the app that asks the others. */
  readonly copies: readonly (AppCopy & AppPorts)[];
};

/** A whole crowd comes from this machine. */
export function unlimitedAddresses(inherited: Readonly<NodeJS.ProcessEnv>): string {
  return inherited.ONSALE_UNLIMITED_ADDRESSES ?? '127.0.0.0/8,::1';
}

/** Every app gets the same settings and takes what it knows; only the ports differ. */
export function appEnvironment(surroundings: AppSurroundings, ports: AppPorts): NodeJS.ProcessEnv {
  const { origin, services, secrets, demo, inherited, copies } = surroundings;
  const urlsOf = (app: StackApp) =>
    copies.flatMap((copy) => (copy.app === app ? [`http://127.0.0.1:${copy.port}`] : [])).join();
  return {
    ...inherited,
    NODE_ENV: 'development',
    PORT: String(ports.port),
    INTERNAL_PORT: String(ports.internalPort),
    ONSALE_PUBLIC_URL: origin,
    ONSALE_WAITING_ROOM_URL: urlsOf('waiting-room'),
    ONSALE_BOOKING_API_URL: urlsOf('booking-api'),
    REDIS_URL: services.redisUrl,
    AMQP_URL: services.amqpUrl,
    MONGODB_URI: services.mongodbUri,
    // The gateway of this stack is the only one that speaks to the apps.
    ONSALE_TRUSTED_PROXIES: '127.0.0.1',
    ONSALE_UNLIMITED_ADDRESSES: unlimitedAddresses(inherited),
    ONSALE_TOKEN_KEYS: secrets.tokenKeys,
    ONSALE_PASS_KEYS: secrets.passKeys,
    ONSALE_SANDBOX_SECRET: secrets.sandboxWebhookSecret,
    ONSALE_ADMIN_EMAIL: secrets.adminEmail,
    ONSALE_ADMIN_PASSWORD: secrets.adminPassword,
    ONSALE_MAIL_DIR: surroundings.mailDir,
    SEED_DEMO: '1',
    ONSALE_DEMO_SCHEDULED_SECONDS: String(demo.scheduledSeconds),
    ONSALE_DEMO_PREQUEUE_SECONDS: String(demo.prequeueSeconds),
  };
}
