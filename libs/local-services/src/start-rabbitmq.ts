// A RabbitMQ of our own, apart from any that the system runs: own paths, own node, own port mapper (epmd).
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { answersOnTcp } from './answers-on-tcp.ts';
import { machineEnv } from './config.ts';
import { findOnPath } from './find-program.ts';
import { freePorts } from './free-port.ts';
import { type OwnedProcess, startOwned } from './owned-process.ts';
import { type RunFolders, type RunningService, whenReady } from './service.ts';
import { SetupError } from './setup-error.ts';
import { requireTool } from './system-tools.ts';

export interface RabbitOptions {
  folders: RunFolders;
  /** Virtual hosts that exist from the start, beside `/`; each costs the start about 15 ms. */
  vhosts?: readonly string[];
}

export interface RunningRabbit extends RunningService {
  pid: number;
  /** Adds a virtual host; about 0.4 s. */
  addVhost(name: string): Promise<void>;
}

/** Measured 3 to 5 s on two idle cores; a machine that builds at the same time takes several times that. */
const READY_LIMIT_MS = 90_000;
const STOP_GRACE_MS = 20_000;
/** What AMQP 0-9-1 clients say first; a broker that is ready answers with the method frame Connection.Start. */
const AMQP_HELLO = Buffer.from([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1]);
const METHOD_FRAME = 1;

export async function startRabbit(options: RabbitOptions): Promise<RunningRabbit> {
  const script = requireTool('rabbitmq');
  const [port, distPort, epmdPort] = (await freePorts(3)) as [number, number, number];
  const dir = join(options.folders.data, 'rabbitmq');
  mkdirSync(join(dir, 'home'), { recursive: true });
  writeConfiguration({ dir, port, vhosts: options.vhosts ?? [] });
  const env = environment({ dir, distPort, epmdPort });

  const epmd = await startPortMapper(options.folders, epmdPort);
  try {
    const server = await startOwned({
      name: 'rabbitmq',
      command: script,
      args: [],
      env,
      recordDir: options.folders.records,
      logFile: join(options.folders.logs, 'rabbitmq.log'),
    });
    const isStart = (received: Buffer) => received[0] === METHOD_FRAME;
    await whenReady(server, READY_LIMIT_MS, () => answersOnTcp({ port, say: AMQP_HELLO, isAnswer: isStart }));
    const control = (...args: string[]) => promisify(execFile)(join(dirname(script), 'rabbitmqctl'), args, { env });
    return {
      url: `amqp://guest:guest@127.0.0.1:${port}`,
      pid: server.pid,
      ended: server.ended,
      stop: async () => {
        await server.stop(STOP_GRACE_MS);
        await epmd.stop(1000);
      },
      addVhost: async (name) => {
        await control('add_vhost', name);
        await control('set_permissions', '-p', name, 'guest', '.*', '.*', '.*');
      },
    };
  } catch (error) {
    await epmd.stop(1000);
    throw error;
  }
}

// A broker without a port mapper starts one as a daemon that nobody ends; so it is given one of our own.
async function startPortMapper(folders: RunFolders, port: number): Promise<OwnedProcess> {
  const command = findOnPath(['epmd']);
  if (!command) throw new SetupError('Erlang\'s "epmd" is not on the PATH: reinstall RabbitMQ, or set AMQP_URL.');
  const epmd = await startOwned({
    name: 'epmd',
    command,
    args: ['-port', String(port), '-address', '127.0.0.1'],
    env: machineEnv,
    recordDir: folders.records,
    logFile: join(folders.logs, 'epmd.log'),
  });
  // NAMES_REQ of the port mapper's protocol: two bytes of length, then 'n'; the answer begins with its port.
  const say = Buffer.from([0, 1, 0x6e]);
  const isAnswer = (received: Buffer) => received.length >= 4 && received.readUInt32BE(0) === port;
  await whenReady(epmd, 10_000, () => answersOnTcp({ port, say, isAnswer }));
  return epmd;
}

function writeConfiguration(spec: { dir: string; port: number; vhosts: readonly string[] }): void {
  const everything = { configure: '.*', write: '.*', read: '.*' };
  const names = ['/', ...spec.vhosts];
  const definitions = {
    users: [{ name: 'guest', password: 'guest', tags: 'administrator' }],
    vhosts: names.map((name) => ({ name })),
    permissions: names.map((vhost) => ({ user: 'guest', vhost, ...everything })),
  };
  const definitionsFile = join(spec.dir, 'definitions.json');
  writeFileSync(definitionsFile, JSON.stringify(definitions));
  const settings = [
    `listeners.tcp.1 = 127.0.0.1:${spec.port}`,
    `load_definitions = ${definitionsFile}`,
    // The write-ahead log of quorum queues is 512 MB by default: too much for a laptop's demo.
    'raft.wal_max_size_bytes = 67108864',
    'log.file = false',
    'log.console = true',
    'log.console.level = warning',
  ];
  writeFileSync(join(spec.dir, 'rabbitmq.conf'), `${settings.join('\n')}\n`);
  writeFileSync(join(spec.dir, 'enabled_plugins'), '[].\n');
}

function environment(spec: { dir: string; distPort: number; epmdPort: number }): NodeJS.ProcessEnv {
  const { dir } = spec;
  return {
    PATH: machineEnv.PATH,
    LANG: 'C.UTF-8',
    // The Erlang cookie lives in the home folder; the user's own is none of our business.
    HOME: join(dir, 'home'),
    ERL_EPMD_PORT: String(spec.epmdPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // Makes the script become the server instead of watching over it, so that the pid we hold is the server's.
    RUNNING_UNDER_SYSTEMD: 'true',
    // The name must stay the same for the data to be found again; it need not be unique, as the port mapper is ours.
    RABBITMQ_NODENAME: 'onsale@localhost',
    RABBITMQ_DIST_PORT: String(spec.distPort),
    RABBITMQ_MNESIA_BASE: join(dir, 'mnesia'),
    RABBITMQ_MNESIA_DIR: join(dir, 'mnesia', 'onsale'),
    RABBITMQ_LOG_BASE: join(dir, 'log'),
    RABBITMQ_CONFIG_FILE: join(dir, 'rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(dir, 'advanced.config'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'enabled_plugins'),
    RABBITMQ_FEATURE_FLAGS_FILE: join(dir, 'feature_flags'),
    RABBITMQ_GENERATED_CONFIG_DIR: join(dir, 'generated'),
    RABBITMQ_PID_FILE: join(dir, 'rabbitmq.pid'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    // Idle schedulers must not spin: the stack shares two cores with everything else.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+sbwt none +sbwtdcpu none +sbwtdio none',
  };
}
