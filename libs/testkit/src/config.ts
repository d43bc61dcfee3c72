// What a test run takes from the environment.

export interface HostConfig {
  /** A MongoDB to use instead of one of our own; tests keep to databases named `test_…`. */
  mongodbUri: string | undefined;
  preferMongo: 'any' | 'embedded';
}

// Redis and RabbitMQ are always our own: tests flush, kill and restart them.
export function hostConfig(env: NodeJS.ProcessEnv = process.env): HostConfig {
  return {
    mongodbUri: env.MONGODB_URI || undefined,
    preferMongo: env.ONSALE_MONGO === 'embedded' ? 'embedded' : 'any',
  };
}

/** The socket of the services host; set by jest's global setup. */
export function servicesSocket(env: NodeJS.ProcessEnv = process.env): string {
  const path = env.ONSALE_TEST_SERVICES;
  if (!path) throw new Error('ONSALE_TEST_SERVICES is not set: run tests with jest from the root of the repository');
  return path;
}

/** What a started stack inherits (PATH, locale). */
export const inheritedEnv: Readonly<NodeJS.ProcessEnv> = process.env;

/** What listens on the origin of a test's stack: ONSALE_TEST_FRONT=nginx puts nginx before every one. */
export function stackFront(env: NodeJS.ProcessEnv = process.env): 'own' | 'nginx' {
  return env.ONSALE_TEST_FRONT === 'nginx' ? 'nginx' : 'own';
}

/** Which seeds a test of histories runs: ONSALE_TEST_HISTORIES=`<count>` or `<first seed>:<count>`. */
export function historiesWanted(
  usual: { readonly from: number; readonly count: number },
  env: NodeJS.ProcessEnv = process.env,
): { readonly from: number; readonly count: number } {
  const [first, second] = (env.ONSALE_TEST_HISTORIES ?? '').split(':').map(Number);
  if (!first) return usual;
  return second ? { from: first, count: second } : { from: usual.from, count: first };
}
