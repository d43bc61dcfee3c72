// `npm start`, after installing and building: the whole of Onsale on one machine.
import { readOptions } from './options.ts';
import { runStack } from './run-stack.ts';
import { tellFault } from './tell.ts';

process.setSourceMapsEnabled(true);
try {
  await runStack(readOptions(process.argv.slice(2)));
} catch (error) {
  tellFault(error);
  process.exit(1);
}
