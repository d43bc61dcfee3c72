// The booking API: sale and performance pages, availability, booking requests, payment, webhooks, tickets.
import { runApp } from '@onsale/runtime';
import { compose } from './compose.ts';
import { apiConfig } from './config.ts';

await runApp(await compose(apiConfig()));
