// Every key of the line, and nothing else makes one. All keys of a sale share one hash tag, so that each script runs on
// one node of a cluster; `wr1` is the version of this layout.
import type { SaleId } from '@onsale/domain';

const LAYOUT = 'wr1';

/**
 * `state`   hash: epoch, run, openedAt, joined, leased, served, from, phase, codesEpoch, recallAbove, recallThrough, seq, admitted, missed, crowded, draw:<phase>
 * `lead`    hash: holder, until, fence
 * `called`  sorted set: number → call expires at, ms
 * `slots`   sorted set: number → slot expires at, ms
 * `returning` sorted set: number → number; passed over or missed a call, is back, and is called next
 * `missed`  sorted set: number → call ran out at, ms; may still come back once
 * `again`   set: numbers that were given a second call, and get no third
 * `passes`  hash: number → jti and the times of its pass
 * `left`    bitmap by index: given up for good
 * `blocks`  set: names of the address blocks from which places came in a storm; `b:<name>` string: their indexes, 4 bytes each
 * `u:<id>`  string: used once, such as a solved challenge; ends by itself
 * `line`    string: the line document as it is served
 * `report`  string: what the admitter saw and decided last
 * `history` stream: one entry every few seconds, its id the moment in ms; `sample` what the admitter saw then
 */
export function saleKeys(saleId: SaleId) {
  const prefix = `${LAYOUT}:{sale:${saleId}}:`;
  return {
    /**
     * Scripts put behind it themselves: the bucket of identities (`i:<bucket>`), the chunk of presence (`p:<chunk>`), and
     * for a hundred at a time the versions of moved places (`v:<bucket>`, index → version), the codes places were taken
     * with (`w:<bucket>`, index → set.serial), deferred places (`d:<bucket>`, number → until ms, times) and the uses of codes (`c:<set>:<bucket>`, serial → uses, or who used it).
     */
    prefix,
    state: `${prefix}state`,
    lead: `${prefix}lead`,
    called: `${prefix}called`,
    slots: `${prefix}slots`,
    returning: `${prefix}returning`,
    missed: `${prefix}missed`,
    again: `${prefix}again`,
    passes: `${prefix}passes`,
    left: `${prefix}left`,
    blocks: `${prefix}blocks`,
    line: `${prefix}line`,
    report: `${prefix}report`,
    history: `${prefix}history`,
  } as const;
}

/** Fans who are called again, out of the order of `served`, are named here to whoever holds their sockets. */
export const RECALLS_CHANNEL = `${LAYOUT}:recalls`;

/** A place that moved to another device is named here to whoever holds sockets of the old one. */
export const MOVES_CHANNEL = `${LAYOUT}:moves`;

/** Every line document of every sale is published here, once per change. */
export const LINES_CHANNEL = `${LAYOUT}:lines`;
