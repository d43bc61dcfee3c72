import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { saleKeys } from '../keys.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './read-facts.lua';

const factsScript = script(text);
/** How long a fan who missed the call may still come back, once. */
export const RETURN_WINDOW_MS = 15 * 60_000;

const CHOOSING_MS = 45_000; // most fans have asked for seats within this

export type LineFacts = {
  readonly kind: 'facts';
  /** The line's clock, ms. */
  readonly now: number;
  readonly epoch: number;
  readonly joined: number;
  readonly leased: number;
  readonly served: number;
  /** Where an open pre-queue begins; null when none is open. */
  readonly firstUndrawnIndex: number | null;
  readonly seq: number;
  readonly called: number;
  readonly active: number;
  readonly choosing: number;
  /** Since the line was opened: fans who came in, and calls that ran out unused. */
  readonly admitted: number;
  readonly missed: number;
  /** When the line was opened in this run of Redis, ms. */
  readonly openedAt: number;
  /** Passed over or missed, back again, and called next. */
  readonly returning: number;
};

/** What the caller saw of the line, in whatever epoch. Every figure only rises, `seq` within its epoch. */
export type LineMarks = Pick<LineFacts, 'epoch' | 'joined' | 'leased' | 'served' | 'seq'>;

export const NO_MARKS: LineMarks = { epoch: 0, joined: 0, leased: 0, served: 0, seq: 0 };

export type FactsOutcome =
  | LineFacts
  | { readonly kind: 'blank' }
  /** Redis has an older copy of the line; it is closed now, and blank for everybody until it is restored. */
  | { readonly kind: 'older' };

export type FactsWanted = {
  readonly saleId: SaleId;
  readonly passMs: number;
  /** Left out by who remembers nothing. */
  readonly marks?: LineMarks;
};

export async function readFacts(
  line: LineRedis,
  { saleId, passMs, marks = NO_MARKS }: FactsWanted,
): Promise<FactsOutcome> {
  const { state, called, slots, passes, returning, missed, again } = saleKeys(saleId);
  const reply = await runScript(line, factsScript, {
    keys: [state, called, slots, passes, returning, missed, again],
    args: [
      line.runId(),
      line.now(),
      passMs,
      CHOOSING_MS,
      RETURN_WINDOW_MS,
      marks.epoch,
      marks.joined,
      marks.leased,
      marks.served,
      marks.seq,
    ],
  });
  if (reply[0] === 'blank' || reply[0] === 'older') return { kind: reply[0] };
  if (reply[0] !== 'facts') throw unexpectedReply(reply);
  const figure = (position: number) => Number(reply[position]);
  return {
    kind: 'facts',
    now: figure(1),
    epoch: figure(2),
    joined: figure(3),
    leased: figure(4),
    served: figure(5),
    firstUndrawnIndex: figure(6) < 0 ? null : figure(6),
    seq: figure(7),
    called: figure(8),
    active: figure(9),
    choosing: figure(10),
    admitted: figure(11),
    missed: figure(12),
    openedAt: figure(13),
    returning: figure(14),
  };
}
