// `npm run bench -- console`: the operator's hand on a stack of its own, with the booking API at rest and at saturation.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, rootDir } from './build.mjs';
import { startOwnStack } from './own-stack.mjs';

await build();
const stack = await startOwnStack();
try {
  const results = join(rootDir, '.local/bench');
  mkdirSync(results, { recursive: true });
  const entry = join(rootDir, 'loadtests/dist/click.js');
  const args = ['--enable-source-maps', entry, '--stack', stack.file, ...process.argv.slice(3)];
  const env = { ...process.env, ONSALE_BENCH_RESULT: join(results, 'console.json') };
  const child = spawn(process.execPath, args, { cwd: rootDir, stdio: 'inherit', env });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
} finally {
  await stack.stop();
}
