// npm run chaos: a stack of its own, disturbed at random while fans buy, then audited.
import { readChaosOptions, USAGE } from './chaos/options.ts';
import { runChaos } from './chaos/run-chaos.ts';
import { runDrill } from './chaos/run-drill.ts';

process.setSourceMapsEnabled(true);
if (process.argv.includes('--help')) console.log(USAGE);
else process.exitCode = await chaos(process.argv.slice(2));

async function chaos(argv: readonly string[]): Promise<number> {
  try {
    const options = readChaosOptions(argv);
    const say = (line: string) => console.log(line);
    return (await (options.drill === undefined ? runChaos({ options, say }) : runDrill(options, say))) ? 0 : 1;
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
}
