// npm run crowd: drives fans through the running stack and gives a verdict.
import { readOptions, USAGE } from './options.ts';
import { runCrowd } from './run-crowd.ts';

if (process.argv.includes('--help')) {
  console.log(USAGE);
} else {
  process.exitCode = (await runCrowd(readOptions(process.argv.slice(2)))) ? 0 : 1;
}
