// `npm run bench -- <name> [options of that bench]`: measures one part of the product against its baseline, both in one run
// on this machine, and writes the figures to .local/bench/<name>.json. Needs redis-server; never fails by time.
import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, rootDir } from './build.mjs';

const benches = {
  'waiting-room': ['apps/waiting-room/dist/bench.js', 'apps/admitter/dist/bench.js'],
  booking: ['apps/booking-worker/dist/bench.js'],
};

const name = process.argv[2] ?? '';
// The embedded MongoDB starts what it measures itself.
if (name.startsWith('mongo')) {
  await import('./bench-mongo.mjs');
  process.exit();
}
if (name === 'page') {
  await import('./bench-page.mjs');
  process.exit();
}
// The console is measured on a whole stack.
if (name === 'console') {
  await import('./bench-console.mjs');
  process.exit();
}
const entries = benches[name];
if (entries === undefined) {
  console.error(
    `Which one? npm run bench -- ${[...Object.keys(benches), 'console', 'mongo', 'mongo-long', 'page'].join(' | ')}`,
  );
  process.exit(1);
}
await build();
const folder = mkdtempSync(join(tmpdir(), 'onsale-bench-'));
const started = [];
/** Of the services, so that a bench can tell what each used of the processor. */
const pids = {};
try {
  const redisUrl = await startRedis();
  const mongodbUri = await startMongo();
  const amqpUrl = name === 'booking' ? await startRabbit() : '';
  const results = join(rootDir, '.local/bench');
  mkdirSync(results, { recursive: true });
  const env = {
    ...process.env,
    REDIS_URL: redisUrl,
    ONSALE_TOKEN_KEYS: `bench:${randomBytes(32).toString('hex')}`,
    ONSALE_PASS_KEYS: JSON.stringify([
      { ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid: 'bench' },
    ]),
    // Everybody comes from this machine: counted as a sale would, and never enough to be asked for work.
    ONSALE_PEACEFUL_JOINS: '1000000000',
    MONGODB_URI: mongodbUri,
    ...(amqpUrl !== '' && { AMQP_URL: amqpUrl }),
    ONSALE_BENCH_PIDS: Object.entries(pids)
      .map(([service, pid]) => `${service}=${pid}`)
      .join(),
    ONSALE_BENCH_COMMIT: execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: rootDir,
      encoding: 'utf8',
    }).trim(),
    ONSALE_BENCH_RESULT: join(results, `${name}.json`),
  };
  // One after the other, into one table and one file; the first begins it, the others add to it.
  for (const entry of entries) {
    const args = ['--enable-source-maps', join(rootDir, entry), ...process.argv.slice(3)];
    const child = spawn(process.execPath, args, { stdio: 'inherit', env });
    const [code] = await once(child, 'exit');
    process.exitCode ||= code ?? 1;
  }
} finally {
  for (const child of started) child.kill();
  await Promise.all(started.map((child) => child.exitCode ?? once(child, 'exit')));
  rmSync(folder, { recursive: true, force: true });
}

/** Append-only with a sync every second, as a sale runs it. */
async function startRedis() {
  const port = await freePort();
  const settings = { port, dir: folder, save: '', appendonly: 'yes', appendfsync: 'everysec', bind: '127.0.0.1' };
  const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, String(value)]);
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  await said(child, /Ready to accept connections/);
  pids.redis = child.pid;
  return `redis://127.0.0.1:${port}`;
}

async function startMongo() {
  const child = spawn(process.execPath, [join(rootDir, 'libs/embedded-mongo/dist/main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'test', EMBEDDED_MONGO_PORT: '0', EMBEDDED_MONGO_DATA_DIR: folder },
  });
  started.push(child);
  const [, url] = await said(child, /embedded-mongo ready (\S+)/);
  pids.mongodb = child.pid;
  return url.replace(/\/(\?|$)/, '/bench$1');
}

/** By the host that brings the tests their services: it ends with its standard input. */
async function startRabbit() {
  const child = spawn(process.execPath, [join(rootDir, 'libs/testkit/dist/services-host.js'), rootDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.kill = () => child.stdin.end();
  started.push(child);
  const [, socketPath] = await said(child, /services-host ready (\S+)/);
  const answer = await new Promise((resolve, reject) => {
    const asked = request({ socketPath, path: '/rabbit' }, async (response) => {
      resolve(JSON.parse(Buffer.concat(await response.toArray()).toString()));
    });
    asked.on('error', reject);
    asked.end();
  });
  if (answer.error) throw new Error(answer.error);
  pids.rabbitmq = JSON.parse(readFileSync(join(dirname(socketPath), 'run/rabbitmq.json'), 'utf8')).pid;
  return answer.url;
}

function said(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (data) => {
      text = (text + data).slice(-4096);
      const match = pattern.exec(text);
      if (match) resolve(match);
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${child.spawnfile} ended at its start`)));
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}
