// Starts the waiting room: public and hot.
import { runApp } from '@onsale/runtime';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';

await runApp(await compose(readConfig()));
