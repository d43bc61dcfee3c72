// The jobs process: hold-expiry sweep and payment reconciliation.
import { runApp } from '@onsale/runtime';
import { compose } from './compose.ts';
import { jobsConfig } from './config.ts';

await runApp(await compose(jobsConfig()));
