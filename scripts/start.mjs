// `npm start` on a bare machine: needs Node.js and nothing else. Installs, builds, and runs apps/dev-stack.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rootDir } from './build.mjs';
import { prepare } from './prepare.mjs';

process.chdir(rootDir);
await prepare({ say: (line) => console.log(`${process.uptime().toFixed(1).padStart(6)} s  ${line}`) });
await import(pathToFileURL(join(rootDir, 'apps/dev-stack/dist/main.js')).href);
