// The whole plan as a picture, for large houses: while one looks from far away, moving it costs one image instead of
// 100,000 seats (measured without a GPU at 360 × 740: 81 ms a frame drawn seat by seat). A change of a few seats mends
// the picture where they are.
import { drawSeats, type Scene, seatPaint } from './draw-seat-map.ts';
import type { SeatMap } from './seat-map.ts';

/** Fewer seats are drawn faster than a picture of them is kept. */
const FROM_SEATS = 4_000;
/** Longest side of the picture in pixels: 16 MB at most, and sharper than any phone shows the whole plan. */
const SIDE_PX = 2_048;
/** Mending more seats than this costs more than drawing anew. */
const MEND_MAX = 2_000;
const CELL = 0.5;

export class SeatOverview {
  #picture: HTMLCanvasElement | null = null;
  #look = '';
  #map: SeatMap | null = null;
  #taken: ReadonlySet<string> = new Set();

  /** Draws all seats from the picture. False when it is too coarse for this camera or not worth it. */
  draw(context: CanvasRenderingContext2D, scene: Scene, pixelRatio: number): boolean {
    const { map, camera } = scene;
    const scale = SIDE_PX / Math.max(map.plan.width, map.plan.height);
    if (map.seats.length < FROM_SEATS || camera.scale * pixelRatio > scale) return false;
    const picture = this.#current(scene, scale);
    if (picture === null) return false;
    const [width, height] = [map.plan.width * camera.scale, map.plan.height * camera.scale];
    context.drawImage(picture, camera.x, camera.y, width, height);
    return true;
  }

  #current(scene: Scene, scale: number): HTMLCanvasElement | null {
    const look = JSON.stringify([scene.colors, [...scene.dimmed], scene.categories.map(({ color }) => color)]);
    const changed = this.#map === scene.map && this.#look === look ? difference(this.#taken, scene.taken) : null;
    if (this.#picture !== null && changed?.length === 0) return this.#picture;
    this.#picture ??= document.createElement('canvas');
    const context = this.#picture.getContext('2d');
    if (context === null) return null;
    const far = { ...scene, camera: { scale, x: 0, y: 0 } };
    if (changed === null || changed.length > MEND_MAX) {
      this.#picture.width = Math.ceil(scene.map.plan.width * scale);
      this.#picture.height = Math.ceil(scene.map.plan.height * scale);
      const view = { width: this.#picture.width, height: this.#picture.height };
      drawSeats(context, { ...far, view });
    } else {
      for (const seatId of changed) mend(context, far, seatId);
    }
    this.#map = scene.map;
    this.#look = look;
    this.#taken = scene.taken;
    return this.#picture;
  }
}

function mend(context: CanvasRenderingContext2D, scene: Scene, seatId: string): void {
  const { map, camera } = scene;
  const seat = map.byId.get(seatId);
  if (seat === undefined) return;
  const { fill, alpha, radius } = seatPaint(scene, seat);
  const [x, y] = [(map.xs[seat] ?? 0) * camera.scale, (map.ys[seat] ?? 0) * camera.scale];
  const cell = CELL * map.unit * camera.scale;
  context.clearRect(x - cell, y - cell, 2 * cell, 2 * cell);
  context.globalAlpha = alpha;
  context.fillStyle = fill;
  context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  context.globalAlpha = 1;
}

/** What is in one set and not in the other. */
function difference(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  if (before === after) return [];
  const changed: string[] = [];
  for (const id of before) if (!after.has(id)) changed.push(id);
  for (const id of after) if (!before.has(id)) changed.push(id);
  return changed;
}
