// npm run crowd: drives fans through the running stack and gives a verdict.
import { readOptions, readStack, USAGE } from './options.ts';
import { runCrowd } from './run-crowd.ts';

if (process.argv.includes('--help')) {
  console.log(USAGE);
} else {
  const options = readOptions(process.argv.slice(2));
  const held = await runCrowd({ options, stack: readStack(options), say: (text) => console.log(text) });
  process.exitCode = held ? 0 : 1;
}
