// What drivers and operators ask about the server itself: hello, ping, buildInfo, serverStatus, parameters.
import { Long } from 'bson';
import { ServerError } from '../errors.ts';
import { sessionTimeoutMinutes } from '../transactions/sessions.ts';
import { type Doc, isNumber, toNumber } from '../values/types.ts';
import type { Command, Operation } from './operation.ts';
import { setName, version } from './server-state.ts';

function describeServer(operation: Operation): Doc {
  const { address } = operation.server;
  return {
    helloOk: true,
    setName,
    setVersion: 1,
    secondary: false,
    hosts: [address],
    primary: address,
    me: address,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: operation.now,
    logicalSessionTimeoutMinutes: sessionTimeoutMinutes,
    connectionId: operation.connectionId,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  };
}

const helloFields = [
  'client',
  'compression',
  'helloOk',
  'loadBalanced',
  'saslSupportedMechs',
  'speculativeAuthenticate',
  'topologyVersion',
  'maxAwaitTimeMS',
  'hostInfo',
  'internalClient',
  'backpressure',
];

export const hello: Command = {
  fields: ['hello', ...helloFields],
  inTransaction: 'refused',
  run: (operation) => ({ isWritablePrimary: true, ...describeServer(operation) }),
};

export const isMaster: Command = {
  fields: ['isMaster', 'ismaster', ...helloFields],
  inTransaction: 'refused',
  run: (operation) => ({ ismaster: true, ...describeServer(operation) }),
};

const answering = (name: string, fields: readonly string[], run: (operation: Operation) => Doc): Command => ({
  fields: [name, name.toLowerCase(), ...fields],
  inTransaction: 'refused',
  run,
});

export const ping: Command = answering('ping', [], () => ({ ok: 1 }));

export const buildInfo: Command = answering('buildInfo', [], () => ({
  version,
  gitVersion: 'embedded',
  embedded: true,
  modules: ['embedded'],
  allocator: 'node',
  javascriptEngine: 'none',
  versionArray: [...version.split('.').map(Number), 0],
  bits: 64,
  debug: false,
  maxBsonObjectSize: 16 * 1024 * 1024,
  storageEngines: ['embedded'],
  ok: 1,
}));

export const serverStatus: Command = answering(
  'serverStatus',
  ['repl', 'metrics', 'locks', 'recordStats', 'all'],
  ({ server, now }) => ({
    host: server.address,
    version,
    process: 'embedded',
    pid: process.pid,
    uptime: Math.floor((now.getTime() - server.startedAt.getTime()) / 1000),
    localTime: now,
    connections: { current: server.counters.connections, totalCreated: server.counters.connectionsMade },
    opcounters: { command: server.counters.commands },
    mem: { resident: Math.round(process.memoryUsage().rss / 1_048_576) },
    repl: {
      setName,
      isWritablePrimary: true,
      secondary: false,
      hosts: [server.address],
      primary: server.address,
      me: server.address,
    },
    storageEngine: {
      name: 'embedded',
      persistent: server.journal !== null,
      supportsCommittedReads: true,
      supportsSnapshotReadConcern: true,
    },
    ok: 1,
  }),
);

export const connectionStatus: Command = answering('connectionStatus', ['showPrivileges'], () => ({
  authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] },
  ok: 1,
}));

export const hostInfo: Command = answering('hostInfo', [], ({ server, now }) => ({
  system: { currentTime: now, hostname: server.address },
  os: { type: process.platform },
  ok: 1,
}));

export const getCmdLineOpts: Command = answering('getCmdLineOpts', [], () => ({
  argv: ['embedded-mongo'],
  parsed: {},
  ok: 1,
}));

export const replSetGetStatus: Command = answering('replSetGetStatus', [], ({ server, now }) => ({
  set: setName,
  date: now,
  myState: 1,
  members: [{ _id: 0, name: server.address, health: 1, state: 1, stateStr: 'PRIMARY', self: true }],
  ok: 1,
}));

export const whatsmyuri: Command = answering('whatsmyuri', [], ({ connectionId }) => ({
  you: `client:${connectionId}`,
  ok: 1,
}));

export const getParameter: Command = {
  adminOnly: true,
  fields: [
    'getParameter',
    'transactionLifetimeLimitSeconds',
    'enableTestCommands',
    'featureCompatibilityVersion',
    'allParameters',
    'requireApiVersion',
    'acceptApiVersion2',
    'authenticationMechanisms',
  ],
  inTransaction: 'refused',
  run: (operation) => {
    const known = parameters(operation);
    const { command } = operation;
    const found: Doc = {};
    for (const [name, value] of Object.entries(known))
      if (name in command || command.getParameter === '*') found[name] = value;
    if (Object.keys(found).length === 0) throw new ServerError(72, 'no option found to get');
    return { ...found, ok: 1 };
  },
};

const parameters = ({ server }: Operation): Doc => ({
  transactionLifetimeLimitSeconds: server.sessions.transactionLifetimeSeconds,
  enableTestCommands: true,
  featureCompatibilityVersion: { version: '7.0' },
  requireApiVersion: false,
  authenticationMechanisms: [],
});

export const setParameter: Command = {
  adminOnly: true,
  fields: ['setParameter', 'transactionLifetimeLimitSeconds', 'maxTransactionLockRequestTimeoutMillis', 'notablescan'],
  inTransaction: 'refused',
  run: (operation) => {
    const seconds = operation.command.transactionLifetimeLimitSeconds;
    if (!isNumber(seconds)) throw new ServerError(72, 'no option found to set, use help:true to see options ');
    if (toNumber(seconds) < 1)
      throw new ServerError(2, 'transactionLifetimeLimitSeconds must be greater than or equal to 1');
    const was = operation.server.sessions.transactionLifetimeSeconds;
    operation.server.sessions.transactionLifetimeSeconds = toNumber(seconds);
    return { was, ok: 1 };
  },
};

export const configureFailPoint: Command = {
  adminOnly: true,
  fields: ['configureFailPoint', 'mode', 'data'],
  inTransaction: 'refused',
  run: ({ command, server }) => {
    const count = server.failPoints.configure(command.configureFailPoint, command.mode, command.data);
    return { count: Long.fromNumber(count), ok: 1 };
  },
};
