// What one sees from a seat, as a plan can tell it: how far the stage is compared with the whole hall, and from which side.
import type { SeatMap } from './seat-map.ts';

export type ViewHint = {
  readonly distance: 'near' | 'middle' | 'far';
  readonly side: 'left' | 'centre' | 'right';
};

/** Thirds would call half the stalls of a long hall far; a quarter of the way is near, beyond 60 % is far. */
const NEAR = 0.25;
const FAR = 0.6;
/** Looking straight at the stage within this angle. */
const CENTRE_DEGREES = 18;

export function viewHint(map: SeatMap, seat: number): ViewHint {
  const { focus } = map.plan;
  const [dx, dy] = [(map.xs[seat] ?? 0) - focus.x, (map.ys[seat] ?? 0) - focus.y];
  const share = Math.hypot(dx, dy) / farthest(map);
  const distance = share <= NEAR ? 'near' : share >= FAR ? 'far' : 'middle';
  const degrees = (Math.atan2(Math.abs(dx), Math.abs(dy)) * 180) / Math.PI;
  if (degrees <= CENTRE_DEGREES) return { distance, side: 'centre' };
  // Left as the fan sits: facing the stage.
  return { distance, side: dx < 0 === dy > 0 ? 'left' : 'right' };
}

const reaches = new WeakMap<SeatMap, number>();

function farthest(map: SeatMap): number {
  const known = reaches.get(map);
  if (known !== undefined) return known;
  const { focus } = map.plan;
  let reach = 1;
  for (let i = 0; i < map.xs.length; i++) {
    reach = Math.max(reach, Math.hypot((map.xs[i] ?? 0) - focus.x, (map.ys[i] ?? 0) - focus.y));
  }
  reaches.set(map, reach);
  return reach;
}
