// Which screen a fan sees. One pure decision from the sale, the line, the place and the time, so that no two parts of a
// page can disagree about it.
import type { LineDocument, PlaceView, SaleView } from '@onsale/contracts';
import type { Position } from '@onsale/domain';

export type Standing = {
  readonly sale: SaleView;
  readonly line: LineDocument | null;
  readonly place: PlaceView | null;
  /** What is shown of the way to go: it jumps up only with a cause. Null without a number or a line. */
  readonly position?: Position | null;
};

export type WaitingScreen =
  | 'scheduled' // the pre-queue is not open yet
  | 'lobby' // one may join
  | 'prequeue' // joined, the draw is to come
  | 'drawing' // the time has come, numbers are being given
  | 'waiting'
  | 'called'
  | 'admitted'
  | 'missed'
  | 'moved' // the place is on another device
  | 'left'
  | 'sold_out'
  | 'closed';

export function waitingScreen(standing: Standing, now: number): WaitingScreen {
  const phase = phaseOf(standing);
  const { place } = standing;
  if (place?.state === 'admitted' && phase !== 'closed') return 'admitted';
  if (phase === 'closed' || place?.state === 'closed') return 'closed';
  if (place?.state === 'called' || place?.state === 'moved') return place.state;
  if (phase === 'sold_out') return 'sold_out';
  if (place === null) return phase === 'scheduled' ? 'scheduled' : 'lobby';
  if (place.state === 'missed' || place.state === 'left') return place.state;
  if (place.number !== null) return 'waiting';
  return now >= opening(standing.sale, now) ? 'drawing' : 'prequeue';
}

/** The phase by the newest word there is: the line is told every second, the sale was read once. */
export const phaseOf = ({ sale, line }: Pick<Standing, 'sale' | 'line'>): SaleView['phase'] =>
  line?.phase ?? sale.phase;

/** When the sale's current window opens, in milliseconds. */
export const opening = (sale: SaleView, now: number): number => Date.parse(windowAt(sale, now)?.opensAt ?? sale.now);

/** The window that counts now: the latest whose pre-queue has opened, else the first to come. */
export function windowAt(sale: Pick<SaleView, 'phases'>, now: number): SaleView['phases'][number] | null {
  const ordered = [...sale.phases].sort((a, b) => Date.parse(a.prequeueOpensAt) - Date.parse(b.prequeueOpensAt));
  return ordered.filter((window) => Date.parse(window.prequeueOpensAt) <= now).at(-1) ?? ordered[0] ?? null;
}

/** The next moment at which the timetable changes what this sale does, in milliseconds; null when none is left. */
export function nextTurn(sale: SaleView, now: number): number | null {
  const turns = sale.phases.flatMap(({ prequeueOpensAt, opensAt, closesAt }) => [prequeueOpensAt, opensAt, closesAt]);
  const coming = turns.map((turn) => Date.parse(turn)).filter((turn) => turn > now);
  return coming.length === 0 ? null : Math.min(...coming);
}
