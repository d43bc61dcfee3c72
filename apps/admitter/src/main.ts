// Starts the admitter: one leader per sale decides how many fans to call.
import { runApp } from '@onsale/runtime';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';

await runApp(await compose(readConfig()));
