// The booking worker: consumes booking commands, decides, commits in MongoDB transactions, tells the result.
import { runApp } from '@onsale/runtime';
import { compose } from './compose.ts';
import { workerConfig } from './config.ts';

await runApp(await compose(workerConfig()));
