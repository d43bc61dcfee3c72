// The plan on a canvas: drag to move, pinch or wheel to zoom, tap to choose. A tap far out zooms in first, because no
// finger hits a seat of four pixels. The same choice stands as a list beside it, for keyboard and screen reader.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { formatMoney, t } from '../language/language.ts';
import { type Camera, fitCamera, keepInSight, type Point, type Size, toPlan, zoomAt } from './camera.ts';
import { drawSeatMap, type PlanColors } from './draw-seat-map.ts';
import { type Category, type MapSeat, type SeatMap, seatNear } from './seat-map.ts';
import { SeatOverview } from './seat-overview.ts';
import { viewHint } from './view-hint.ts';

type Props = {
  readonly map: SeatMap;
  readonly categories: readonly Category[];
  readonly taken: ReadonlySet<string>;
  readonly chosen: readonly string[];
  readonly dimmed: ReadonlySet<string>;
  readonly onSeat: (seatId: string) => void;
};

/** Below this distance between neighbours, in pixels, a tap zooms in instead of choosing. */
const CHOOSE_FROM_PX = 13;
const TAP_MOVE_PX = 8;
const MARGIN_PX = 14;

export function SeatPlan(props: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<Size | null>(null);
  const [camera, setCamera] = useState<Camera | null>(null);
  useLayoutEffect(() => watchSize(canvas.current, setView), []);
  const fit = view === null ? null : fitCamera(props.map.plan, view, MARGIN_PX);
  const shown = camera ?? fit;
  useDrawing(canvas.current, { ...props, view, camera: shown });
  const zoom = (at: Point, factor: number) => {
    if (view === null || fit === null) return;
    const rule = { at, factor, least: fit.scale, unit: props.map.unit };
    setCamera((known) => keepInSight(zoomAt(known ?? fit, rule), props.map.plan, view));
  };
  const gestures = useGestures({
    move: (by) => {
      if (view === null || fit === null) return;
      setCamera((known) => {
        const from = known ?? fit;
        return keepInSight({ scale: from.scale, x: from.x + by.x, y: from.y + by.y }, props.map.plan, view);
      });
    },
    zoom,
    tap: (at) => {
      if (shown === null) return;
      const pixels = props.map.unit * shown.scale;
      const seat = seatNear(props.map, toPlan(shown, at), Math.max(props.map.unit * 0.75, 14 / shown.scale));
      if (pixels < CHOOSE_FROM_PX) return zoom(at, Math.max(2.2, 26 / pixels));
      const found = seat === null ? undefined : props.map.seats[seat];
      if (found !== undefined && isOffered(found, props)) props.onSeat(found.id);
    },
  });
  useWheel(canvas.current, zoom);
  const pointed = usePointedSeat(props, shown);
  const middle = { x: (view?.width ?? 0) / 2, y: (view?.height ?? 0) / 2 };
  return (
    <div class="plan">
      <canvas ref={canvas} role="img" aria-label={t('plan.label')} {...gestures} {...pointed.listeners} />
      {pointed.words !== null && (
        <p class="plan-hint" aria-hidden="true">
          {pointed.words}
        </p>
      )}
      <div class="plan-tools">
        <button type="button" aria-label={t('plan.closer')} onClick={() => zoom(middle, 1.7)}>
          +
        </button>
        <button type="button" aria-label={t('plan.farther')} onClick={() => zoom(middle, 1 / 1.7)}>
          −
        </button>
        <button type="button" aria-label={t('plan.whole')} onClick={() => setCamera(null)}>
          ⤢
        </button>
      </div>
    </div>
  );
}

type Offer = Pick<Props, 'taken' | 'dimmed' | 'chosen'>;

/** Outside the price filter nothing is offered; what was chosen before can be given back. */
const isOffered = ({ id, categoryId }: MapSeat, { taken, dimmed, chosen }: Offer): boolean =>
  chosen.includes(id) || (!taken.has(id) && !dimmed.has(categoryId));

/** What a mouse rests on, in words: a finger has no such thing, and hears it when it chooses. */
function usePointedSeat({ map, categories, ...offer }: Props, camera: Camera | null) {
  const [seat, setSeat] = useState<number | null>(null);
  const found = seat === null ? undefined : map.seats[seat];
  const price = categories.find(({ id }) => id === found?.categoryId)?.price;
  const isPointed = seat !== null && found !== undefined && price !== undefined && isOffered(found, offer);
  return {
    words: isPointed
      ? `${t('seats.seen', { seat: t('seats.label', { ...found }), ...viewHint(map, seat) })} ${formatMoney(price)}`
      : null,
    listeners: {
      onMouseMove: (event: MouseEvent) => {
        if (camera === null) return;
        const at = toPlan(camera, { x: event.offsetX, y: event.offsetY });
        setSeat(event.buttons === 0 ? seatNear(map, at, map.unit * 0.75) : null);
      },
      onMouseLeave: () => setSeat(null),
    },
  };
}

function useDrawing(
  canvas: HTMLCanvasElement | null,
  scene: Props & { view: Size | null; camera: Camera | null },
): void {
  const [dark, setDark] = useState(0);
  useEffect(() => {
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const again = () => setDark((count) => count + 1);
    scheme.addEventListener('change', again);
    return () => scheme.removeEventListener('change', again);
  }, []);
  const overview = useRef(new SeatOverview());
  const colors = useRef<{ of: number; are: PlanColors } | null>(null);
  const { view, camera, map, taken, chosen, dimmed } = scene;
  useEffect(() => {
    if (canvas === null || view === null || camera === null) return;
    const frame = requestAnimationFrame(() => {
      const context = sizedContext(canvas, view);
      if (context === null) return;
      // Asking for computed styles in every frame of a drag would cost more than the drawing.
      if (colors.current?.of !== dark) colors.current = { of: dark, are: readColors(canvas) };
      const { are } = colors.current;
      const drawn = { ...scene, view, camera, chosen: new Set(chosen), colors: are, stageWord: t('plan.stage') };
      drawSeatMap(context, drawn, (far, farScene) => overview.current.draw(far, farScene, canvas.width / view.width));
    });
    return () => cancelAnimationFrame(frame);
  }, [canvas, view, camera, map, taken, chosen, dimmed, dark]);
}

function sizedContext(canvas: HTMLCanvasElement, view: Size): CanvasRenderingContext2D | null {
  const ratio = Math.min(3, devicePixelRatio);
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

function readColors(element: Element): PlanColors {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    taken: token('--seat-taken'),
    ink: token('--ink'),
    ground: token('--surface'),
    soft: token('--ink-soft'),
    glow: token('--glow'),
  };
}

function watchSize(canvas: HTMLCanvasElement | null, setView: (view: Size) => void): () => void {
  if (canvas === null) return () => undefined;
  const read = () => setView({ width: canvas.clientWidth, height: canvas.clientHeight });
  const observer = new ResizeObserver(read);
  observer.observe(canvas);
  read();
  return () => observer.disconnect();
}

type Gestures = { move: (by: Point) => void; zoom: (at: Point, factor: number) => void; tap: (at: Point) => void };

/** One pointer drags, two pinch; a pointer that hardly moved was a tap. */
function useGestures({ move, zoom, tap }: Gestures) {
  const pointers = useRef(new Map<number, Point>());
  const travelled = useRef(0);
  const at = (event: PointerEvent): Point => ({ x: event.offsetX, y: event.offsetY });
  return {
    onPointerDown: (event: PointerEvent) => {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      if (pointers.current.size === 0) travelled.current = 0;
      pointers.current.set(event.pointerId, at(event));
    },
    onPointerMove: (event: PointerEvent) => {
      const before = pointers.current.get(event.pointerId);
      if (before === undefined) return;
      const now = at(event);
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      pointers.current.set(event.pointerId, now);
      travelled.current += distance(before, now);
      if (other === undefined) {
        if (travelled.current > TAP_MOVE_PX) move({ x: now.x - before.x, y: now.y - before.y });
        return;
      }
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      zoom(middle, distance(now, other) / Math.max(1, distance(before, other)));
      move({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
      travelled.current += TAP_MOVE_PX;
    },
    onPointerUp: (event: PointerEvent) => {
      const known = pointers.current.delete(event.pointerId);
      if (known && pointers.current.size === 0 && travelled.current <= TAP_MOVE_PX) tap(at(event));
    },
    onPointerCancel: (event: PointerEvent) => pointers.current.delete(event.pointerId),
  };
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

// Preact's wheel listener would be passive; to zoom the plan instead of the page it must not be.
function useWheel(canvas: HTMLCanvasElement | null, zoom: (at: Point, factor: number) => void): void {
  const latest = useRef(zoom);
  latest.current = zoom;
  useEffect(() => {
    if (canvas === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      latest.current({ x: event.offsetX, y: event.offsetY }, Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0022)));
    };
    canvas.addEventListener('wheel', onWheel, { passive: false });
    return () => canvas.removeEventListener('wheel', onWheel);
  }, [canvas]);
}
