// Starts the page server: what a fan sees first, drawn whole, with or without JavaScript.
import { runApp } from '@onsale/runtime';
import { compose } from './compose.ts';
import { readConfig } from './config.ts';

await runApp(await compose(readConfig()));
