// What the leader of a sale remembers between ticks. All of it can be lost: the stores hold what must not be.
import type { DrawRecord, StockOfSale } from '@onsale/booking-mongo';
import type { LineDocument } from '@onsale/contracts';
import {
  type AdmissionDecision,
  type CallRate,
  callRate,
  FULL_PACE,
  type Outflow,
  type Pace,
  PromiseBook,
} from '@onsale/domain';
import type { LineMarks } from '@onsale/waiting-room-redis';
import { type MarksMemory, newMarks } from './line-marks.ts';
import { newPresenceMemory, type PresenceMemory } from './watch-presence.ts';
import { newRoomMemory, type RoomMemory } from './watch-room.ts';
import type { HeardDelays } from './watch-shop.ts';

export type SaleMemory = {
  readonly line: MarksMemory;
  /** Rate that was allowed and not used, in calls. */
  credit: number;
  pace: Pace;
  /** What automatic control would have done. */
  readonly shadow: {
    credit: number;
    pace: Pace;
    decision: AdmissionDecision | null;
    /** Of the last minute. */
    calls: { readonly at: number; readonly count: number }[];
  };
  /** When the last decision was made, ms on the line's clock; null before the first. */
  decidedAt: number | null;
  /** Calls of the last minutes, oldest first, bounded by their age. */
  outflow: Outflow[];
  calledSoFar: number;
  /** Since when the sale has been open without a break, ms on the line's clock; null while it is not. */
  openSince: number | null;
  /** Where the measure of seats per fan begins. */
  basketFrom: {
    readonly epoch: number;
    readonly admitted: number;
    readonly missed: number;
    readonly seats: number;
  } | null;
  /** How many had joined at the last tick. */
  joined: { readonly epoch: number; readonly at: number; readonly count: number } | null;
  stock: { readonly at: number; readonly value: StockOfSale } | null;
  /** Free seats in the last minute, oldest first. */
  stockFlow: { readonly at: number; readonly free: number }[];
  /** How long a booking takes; null while none was seen lately. */
  shopDelayMs: number | null;
  readonly delaysHeard: HeardDelays;
  published: LineDocument | null;
  /** When, ms on the line's clock. */
  publishedAt: number;
  /** The last decision that was kept, to keep only those that differ. */
  kept: { readonly at: number; readonly reason: string; readonly calledSoFar: number } | null;
  readonly promises: { readonly book: PromiseBook; lookedAt: number; keptAt: number };
  draws: readonly DrawRecord[];
  /** Whether a frozen roster is being hashed and kept, beside the ticks. */
  readonly roster: { underWay: boolean };
  readonly presence: PresenceMemory;
  /** When the history got its last sample, ms on the line's clock. */
  sampledAt: number;
  readonly room: RoomMemory;
};

/** `marks`: what this process saw of the line before. */
export function newSaleMemory(marks?: LineMarks): SaleMemory {
  return {
    line: newMarks(marks),
    credit: 0,
    pace: FULL_PACE,
    shadow: { credit: 0, pace: FULL_PACE, decision: null, calls: [] },
    decidedAt: null,
    outflow: [],
    calledSoFar: 0,
    openSince: null,
    basketFrom: null,
    joined: null,
    stock: null,
    stockFlow: [],
    shopDelayMs: null,
    delaysHeard: new Map(),
    published: null,
    publishedAt: 0,
    kept: null,
    promises: { book: new PromiseBook(), lookedAt: 0, keptAt: 0 },
    draws: [],
    roster: { underWay: false },
    presence: newPresenceMemory(),
    sampledAt: 0,
    room: newRoomMemory(),
  };
}

/** Calls per minute while the sale was open: before the opening and in a pause nobody is called, and that says nothing. */
export function measuredRate({ outflow, openSince }: SaleMemory, now: number): CallRate | null {
  const since = openSince ?? now;
  return callRate(
    outflow.filter(({ at }) => at >= since),
    now,
  );
}
