// Draws the plan. One path per category and state, so that 1,000 seats are a handful of fills; far out, where a seat is
// a few pixels, shapes give way to plain squares, which costs a tenth.
import { type Camera, type Size, toPlan, toScreen } from './camera.ts';
import { corners, shapeOf } from './category-shape.ts';
import type { Category, SeatMap } from './seat-map.ts';

export type PlanColors = {
  readonly taken: string;
  readonly ink: string;
  readonly ground: string;
  readonly soft: string;
  readonly glow: string;
};

export type Scene = {
  readonly map: SeatMap;
  readonly categories: readonly Category[];
  readonly camera: Camera;
  readonly view: Size;
  readonly taken: ReadonlySet<string>;
  readonly chosen: ReadonlySet<string>;
  /** Categories outside the price filter are drawn faintly. */
  readonly dimmed: ReadonlySet<string>;
  readonly colors: PlanColors;
  readonly stageWord: string;
};

/** Below this many pixels between neighbours a shape cannot be told from a square. */
const SHAPES_FROM_PX = 7;
/** From here a seat's number fits into it. */
const NUMBERS_FROM_PX = 28;

/** Draws everything. `drawFar` may draw the seats in its own way when one looks from far; false leaves it to us. */
export function drawSeatMap(
  context: CanvasRenderingContext2D,
  scene: Scene,
  drawFar: (context: CanvasRenderingContext2D, scene: Scene) => boolean,
): void {
  const { view, map, camera } = scene;
  context.clearRect(0, 0, view.width, view.height);
  drawStage(context, scene);
  if (!drawFar(context, scene)) drawSeats(context, scene);
  drawChosen(context, scene);
  if (map.unit * camera.scale >= NUMBERS_FROM_PX) drawNumbers(context, scene);
  else drawSectionNames(context, scene);
}

/** Every seat in view, by groups that are painted alike. */
export function drawSeats(context: CanvasRenderingContext2D, scene: Scene): void {
  for (const { seats, fill, alpha, radius, position } of groupSeats(scene)) {
    context.globalAlpha = alpha;
    context.fillStyle = fill;
    context.beginPath();
    for (const seat of seats) tracePlace(context, scene, { seat, position, radius });
    context.fill();
  }
  context.globalAlpha = 1;
}

type Paint = {
  readonly fill: string;
  readonly alpha: number;
  readonly radius: number;
  /** Of the category, for its shape; a taken seat is a dot whatever it was. */
  readonly position: number;
};

/** How one seat is painted. */
export function seatPaint({ map, categories, taken, dimmed, colors, camera }: Scene, seat: number): Paint {
  const pixels = map.unit * camera.scale;
  if (taken.has(map.seats[seat]?.id ?? '')) return { fill: colors.taken, alpha: 1, radius: pixels * 0.16, position: 0 };
  const position = map.categoryOf[seat] ?? 0;
  const category = categories[position];
  const isDimmed = category !== undefined && dimmed.has(category.id);
  return { fill: category?.color ?? colors.soft, alpha: isDimmed ? 0.18 : 1, radius: pixels * 0.38, position };
}

type Group = Paint & { readonly seats: number[] };

function groupSeats(scene: Scene): Iterable<Group> {
  const { map, taken } = scene;
  const groups = new Map<number, Group>();
  for (const seat of visibleSeats(scene)) {
    const key = taken.has(map.seats[seat]?.id ?? '') ? -1 : (map.categoryOf[seat] ?? 0);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ...seatPaint(scene, seat), seats: [seat] });
    else group.seats.push(seat);
  }
  return groups.values();
}

function visibleSeats({ map, camera, view }: Scene): number[] {
  const margin = map.unit;
  const from = toPlan(camera, { x: 0, y: 0 });
  const to = toPlan(camera, { x: view.width, y: view.height });
  const seats: number[] = [];
  const { cell, columns, cells } = map.grid;
  const column = (x: number) => Math.min(columns - 1, Math.max(0, Math.floor(x / cell)));
  const lastRow = Math.floor((to.y + margin) / cell);
  // Only the cells in sight: of 100,000 seats a close look concerns some hundreds.
  for (let r = Math.max(0, Math.floor((from.y - margin) / cell)); r <= lastRow; r++) {
    for (let c = column(from.x - margin); c <= column(to.x + margin); c++) {
      for (const seat of cells[r * columns + c] ?? []) seats.push(seat);
    }
  }
  return seats;
}

type Place = { readonly seat: number; readonly position: number; readonly radius: number };

function tracePlace(
  context: CanvasRenderingContext2D,
  { map, camera }: Scene,
  { seat, position, radius }: Place,
): void {
  const x = (map.xs[seat] ?? 0) * camera.scale + camera.x;
  const y = (map.ys[seat] ?? 0) * camera.scale + camera.y;
  const points = corners[shapeOf(position)];
  if (map.unit * camera.scale < SHAPES_FROM_PX) {
    context.rect(x - radius, y - radius, radius * 2, radius * 2);
  } else if (points === null) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, Math.PI * 2);
  } else {
    points.forEach(([px, py], i) => {
      if (i === 0) context.moveTo(x + px * radius, y + py * radius);
      else context.lineTo(x + px * radius, y + py * radius);
    });
    context.closePath();
  }
}

function drawChosen(context: CanvasRenderingContext2D, { map, camera, chosen, colors }: Scene): void {
  const radius = Math.max(7, map.unit * camera.scale * 0.46);
  for (const id of chosen) {
    const seat = map.byId.get(id);
    if (seat === undefined) continue;
    const { x, y } = toScreen(camera, { x: map.xs[seat] ?? 0, y: map.ys[seat] ?? 0 });
    context.fillStyle = colors.ink;
    context.beginPath();
    context.arc(x, y, radius, 0, Math.PI * 2);
    context.fill();
    context.strokeStyle = colors.glow;
    context.lineWidth = Math.max(1.5, radius * 0.22);
    context.lineCap = context.lineJoin = 'round';
    context.beginPath();
    context.moveTo(x - radius * 0.42, y);
    context.lineTo(x - radius * 0.1, y + radius * 0.34);
    context.lineTo(x + radius * 0.45, y - radius * 0.34);
    context.stroke();
  }
}

function drawNumbers(context: CanvasRenderingContext2D, scene: Scene): void {
  const { map, camera, taken, chosen, categories } = scene;
  const pixels = map.unit * camera.scale;
  context.font = `600 ${Math.round(pixels * 0.32)}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const seat of visibleSeats(scene)) {
    const { id, label, kind } = map.seats[seat] ?? { id: '', label: '', kind: 'standard' };
    if (taken.has(id) || chosen.has(id)) continue;
    const { x, y } = toScreen(camera, { x: map.xs[seat] ?? 0, y: map.ys[seat] ?? 0 });
    context.fillStyle = inkOn(categories[map.categoryOf[seat] ?? 0]?.color ?? '#000000');
    context.fillText(kind === 'accessible' ? '♿' : label, x, y + 0.5);
  }
}

function drawSectionNames(context: CanvasRenderingContext2D, { map, camera, colors, view }: Scene): void {
  context.font = '600 12px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  const drawn: { x: number; y: number; half: number }[] = [];
  for (const section of map.sectionNames) {
    const at = toScreen(camera, { x: section.x, y: section.y });
    const half = context.measureText(section.name).width / 2 + 4;
    const x = Math.min(view.width - half, Math.max(half, at.x));
    const y = Math.max(14, at.y + 4);
    // A name that would lie on another is left out until one comes closer.
    if (drawn.some((other) => Math.abs(other.y - y) < 15 && Math.abs(other.x - x) < other.half + half)) continue;
    drawn.push({ x, y, half });
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = colors.ground;
    context.strokeText(section.name, x, y);
    context.fillStyle = colors.soft;
    context.fillText(section.name, x, y);
  }
}

function drawStage(context: CanvasRenderingContext2D, { map, camera, colors, stageWord }: Scene): void {
  const { x, y } = toScreen(camera, map.plan.focus);
  const width = Math.max(84, map.unit * camera.scale * 9);
  const height = 24;
  context.fillStyle = colors.soft;
  context.globalAlpha = 0.16;
  context.beginPath();
  context.roundRect(x - width / 2, y - height / 2, width, height, 12);
  context.fill();
  context.globalAlpha = 1;
  context.fillStyle = colors.soft;
  context.font = '600 11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(stageWord, x, y + 0.5);
}

/** Black or white, whichever reads better on a colour (relative luminance as in WCAG 2.2). */
export function inkOn(color: string): '#000000' | '#ffffff' {
  const channel = (at: number) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
