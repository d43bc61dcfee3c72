// The staff API: sign-in, organizers, operators.
import { runApp } from '@onsale/runtime';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';

await runApp(await compose(readConfig()));
