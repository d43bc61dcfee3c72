// Collections and indexes, made before the first transaction: creating them inside one conflicts with everything else.
import type { Model } from 'mongoose';
import { blockRequests } from './bookings/block-requests.ts';
import {
  blocks,
  bookings,
  claims,
  counts,
  fanCounts,
  partitions,
  payments,
  tallies,
  tickets,
} from './bookings/booking-collections.ts';
import { moneyOrders } from './bookings/money-orders.ts';
import { refundRequests } from './bookings/refund-requests.ts';
import { returnsWishes } from './bookings/returns-wishes.ts';
import { sandboxEntries } from './bookings/sandbox-ledger.ts';
import { shopDelays } from './bookings/shop-delays.ts';
import { workers } from './bookings/worker-presence.ts';
import { events } from './catalogue/events.ts';
import { pageHits } from './catalogue/page-hits.ts';
import { performances } from './catalogue/performances.ts';
import { saleDrafts } from './catalogue/sale-drafts.ts';
import { sales } from './catalogue/sales.ts';
import { seatingFiles, seatingPlans } from './catalogue/seating-plans.ts';
import { codeSets } from './codes/code-sets.ts';
import { codeUses } from './codes/code-uses.ts';
import type { Mongo } from './connect-mongo.ts';
import { confirmedFans } from './fans/confirmed-fans.ts';
import { checkpoints } from './line/checkpoints.ts';
import { decisions } from './line/decisions.ts';
import { draws } from './line/draws.ts';
import { promises } from './line/promises.ts';
import { rosters } from './line/rosters.ts';
import { mailOutbox } from './mail/outbox.ts';
import { apiKeys } from './staff/api-keys.ts';
import { auditLog, sessions, staff } from './staff/staff.ts';
import { staffLinks } from './staff/staff-links.ts';

const collections = [
  events,
  seatingPlans,
  seatingFiles,
  performances,
  sales,
  saleDrafts,
  codeSets,
  confirmedFans,
  mailOutbox,
  pageHits,
  codeUses,
  draws,
  checkpoints,
  decisions,
  rosters,
  promises,
  staff,
  sessions,
  staffLinks,
  apiKeys,
  auditLog,
  bookings,
  claims,
  counts,
  fanCounts,
  tallies,
  blocks,
  blockRequests,
  tickets,
  payments,
  moneyOrders,
  refundRequests,
  partitions,
  sandboxEntries,
  returnsWishes,
  workers,
  shopDelays,
];

/** Idempotent; every process that writes calls it at start. */
export async function prepareDatabase(mongo: Mongo): Promise<void> {
  for (const of of collections) {
    const model = of(mongo) as unknown as Model<unknown>;
    await model.createCollection();
    await model.ensureIndexes();
  }
}
