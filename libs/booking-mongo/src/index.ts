export { type AuditReport, audit, type Finding } from './audit/audit.ts';
export { findBlockRequest, noteBlockRequest } from './bookings/block-requests.ts';
export * from './bookings/booking-collections.ts';
export { toBookingRecord } from './bookings/booking-mapping.ts';
export * from './bookings/commit-decisions.ts';
export * from './bookings/find-blocks.ts';
export * from './bookings/find-bookings.ts';
export {
  findOrdersOf,
  type MoneyOrderDocument,
  moneyOrders,
  noteOrderDone,
  noteOrderRefused,
  noteUncaptured,
  putOrderOff,
  takeOrder,
} from './bookings/money-orders.ts';
export * from './bookings/open-stock.ts';
export * from './bookings/partition-memory.ts';
export * from './bookings/payments.ts';
export * from './bookings/read-availability.ts';
export * from './bookings/refund-requests.ts';
export { keepReturnsWish } from './bookings/returns-wishes.ts';
export { sandboxLedger } from './bookings/sandbox-ledger.ts';
export { readShopDelays, type ShopDelayRecord, tellShopDelay } from './bookings/shop-delays.ts';
export { leavePartition, type PartitionLease, StaleLeaseError, takePartition } from './bookings/take-partition.ts';
export {
  announceWorker,
  type PartitionOwner,
  partitionOwners,
  silentPartitions,
  withdrawWorker,
} from './bookings/worker-presence.ts';
export { RefusedWriteError } from './bookings/write-many.ts';
export * from './catalogue/add-seating-plan.ts';
export * from './catalogue/change-admission.ts';
export * from './catalogue/change-performance.ts';
export * from './catalogue/events.ts';
export { addPageHits, type PageHitsRecord, readPageHits } from './catalogue/page-hits.ts';
export * from './catalogue/performances.ts';
export { planOfPerformance } from './catalogue/plan-of-performance.ts';
export * from './catalogue/publish.ts';
export * from './catalogue/sale-drafts.ts';
export * from './catalogue/sales.ts';
export * from './catalogue/seating-plans.ts';
export { type RoomSwitch, switchRoomOf } from './catalogue/switch-room.ts';
export * from './codes/code-sets.ts';
export * from './codes/code-uses.ts';
export * from './connect-mongo.ts';
export * from './database-clock.ts';
export { confirmedFan } from './fans/confirmed-fans.ts';
export { isOutage } from './is-outage.ts';
export * from './line/checkpoints.ts';
export * from './line/decisions.ts';
export * from './line/draws.ts';
export * from './line/enter-public-value.ts';
export * from './line/find-crowded.ts';
export * from './line/last-decision.ts';
export { addPromises, findPromises } from './line/promises.ts';
export { DIGESTS_PER_PIECE, findDigests, findRosterPart, keepRoster } from './line/rosters.ts';
export { type MailRecord, noteMailSent, putMail, takeMail } from './mail/outbox.ts';
export * from './model.ts';
export * from './prepare-database.ts';
export * from './staff/api-keys.ts';
export * from './staff/list-audit.ts';
export * from './staff/record-act.ts';
export * from './staff/second-factor.ts';
export * from './staff/sign-in-records.ts';
export * from './staff/staff.ts';
export * from './staff/staff-links.ts';
export * from './staff/team.ts';
