// `npm run conformance`: builds the replayer of libs/embedded-mongo and runs it with the arguments given.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build, rootDir } from './build.mjs';

await build({ only: ['libs/embedded-mongo'] });
const entry = join(rootDir, 'libs/embedded-mongo/dist/conformance.js');
const child = spawn(process.execPath, [entry, ...process.argv.slice(2)], { cwd: rootDir, stdio: 'inherit' });
child.on('exit', (code) => process.exit(code ?? 1));
