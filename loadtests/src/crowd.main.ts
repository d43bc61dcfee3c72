// npm run crowd: drives fans through the running stack and gives a verdict.
import { readOptions, readStack, USAGE } from './options.ts';
import { runCrowd } from './run-crowd.ts';

if (process.argv.includes('--help')) console.log(USAGE);
else process.exitCode = await crowd(process.argv.slice(2));

async function crowd(argv: readonly string[]): Promise<number> {
  try {
    const options = readOptions(argv);
    const { held } = await runCrowd({ options, stack: readStack(options), say: (text) => console.log(text) });
    return held ? 0 : 1;
  } catch (error) {
    // A crowd that could not begin: a sentence for a person, not a stack trace.
    console.error((error as Error).message);
    return 2;
  }
}
