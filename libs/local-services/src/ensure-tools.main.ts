// `node ensure-tools.js redis rabbitmq chromium`: sees to it that the named programs are there. Exit code 1 and one
// sentence when they cannot be.
import { SetupError } from './setup-error.ts';
import { ensureTools, type ToolName } from './system-tools.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
ensureTools(process.argv.slice(2) as ToolName[], say).catch((error: unknown) => {
  process.stderr.write(`\n${error instanceof SetupError ? error.message : error}\n`);
  process.exit(1);
});
