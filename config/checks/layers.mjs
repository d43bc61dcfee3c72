// Who may import whom (ARCHITECTURE.md), as data. `ours` are the packages of the repository that a package may import,
// `drivers` the clients of the outside world that belong to it and to nobody else.
const PURE = ['domain', 'contracts', 'runtime'];

export const libraries = {
  domain: { ours: [], drivers: [] },
  contracts: { ours: ['domain'], drivers: [] },
  venues: { ours: ['domain', 'contracts'], drivers: [] },
  runtime: { ours: [], drivers: [] },
  pass: { ours: PURE, drivers: ['jose'] },
  'waiting-room-redis': { ours: PURE, drivers: ['ioredis'] },
  'booking-mongo': { ours: PURE, drivers: ['mongoose', 'mongodb'] },
  'payment-providers': { ours: PURE, drivers: ['stripe', 'cockatiel'] },
  'messaging-rabbitmq': { ours: PURE, drivers: ['amqplib'] },
  'shop-redis': { ours: PURE, drivers: ['ioredis'] },
  'jobs-bullmq': { ours: PURE, drivers: ['bullmq', 'ioredis'] },
  'live-socketio': {
    ours: PURE,
    drivers: ['socket.io', '@socket.io/redis-adapter', '@socket.io/redis-emitter', 'ioredis'],
  },
  // Tools for one machine and for tests; nothing that is deployed imports them.
  'embedded-mongo': { ours: [], drivers: ['bson', 'mingo'] },
  'local-services': { ours: [], drivers: ['mongodb', 'mongodb-memory-server-core'] },
  testkit: {
    ours: ['domain', 'contracts', 'local-services'],
    drivers: ['ioredis', 'mongodb', 'amqplib', 'playwright-core'],
  },
};

const TOOLS = ['embedded-mongo', 'local-services', 'testkit'];
const deployed = Object.keys(libraries).filter((name) => !TOOLS.includes(name));

/** What a package may import, by its folder; undefined for a library that is not named above. */
export function layerOf(folder) {
  if (folder.startsWith('libs/')) return libraries[folder.slice('libs/'.length)];
  // What runs in browsers may not import runtime either: see the import rules.
  if (folder === 'apps/web') return { ours: PURE, drivers: ['socket.io-client'] };
  if (folder === 'apps/dev-stack') return { ours: [...deployed, 'local-services'], drivers: [] };
  // Looks at the database from outside, with eyes of its own.
  if (folder === 'apps/auditor') return { ours: deployed, drivers: ['mongodb'] };
  // Chaos starts services and disturbs them by the means of the tests.
  if (folder === 'loadtests')
    return { ours: [...deployed, 'local-services', 'testkit'], drivers: ['socket.io-client'] };
  return { ours: deployed, drivers: [] };
}

export const allDrivers = new Set([...Object.values(libraries).flatMap((layer) => layer.drivers), 'socket.io-client']);
