// Where one looks at the plan: screen = plan × scale + offset. All lengths in CSS pixels and plan units.

export type Camera = { readonly scale: number; readonly x: number; readonly y: number };
export type Point = { readonly x: number; readonly y: number };
export type Size = { readonly width: number; readonly height: number };

/** Seats grow to this many pixels between neighbours at most: a comfortable tap, no more. */
const MOST_PIXELS_PER_UNIT = 56;

export const toPlan = (camera: Camera, point: Point): Point => ({
  x: (point.x - camera.x) / camera.scale,
  y: (point.y - camera.y) / camera.scale,
});

export const toScreen = (camera: Camera, point: Point): Point => ({
  x: point.x * camera.scale + camera.x,
  y: point.y * camera.scale + camera.y,
});

/** Shows the whole plan, centred, with a margin in pixels. */
export function fitCamera(plan: Size, view: Size, margin: number): Camera {
  const scale = Math.min((view.width - 2 * margin) / plan.width, (view.height - 2 * margin) / plan.height);
  return { scale, x: (view.width - plan.width * scale) / 2, y: (view.height - plan.height * scale) / 2 };
}

/** Zooms so that the plan point under `at` stays under it. `unit` is the plan's distance between neighbouring seats. */
export function zoomAt(camera: Camera, { at, factor, least, unit }: Zoom): Camera {
  const most = Math.max(least, MOST_PIXELS_PER_UNIT / unit);
  const scale = Math.min(most, Math.max(least, camera.scale * factor));
  const held = toPlan(camera, at);
  return { scale, x: at.x - held.x * scale, y: at.y - held.y * scale };
}

export type Zoom = { readonly at: Point; readonly factor: number; readonly least: number; readonly unit: number };

/** Keeps the plan in sight: it cannot be pushed out of the view further than half of it. */
export function keepInSight(camera: Camera, plan: Size, view: Size): Camera {
  const clamp = (offset: number, length: number, room: number) => {
    const shown = length * camera.scale;
    if (shown <= room) return (room - shown) / 2;
    return Math.min(room / 2, Math.max(room / 2 - shown, offset));
  };
  return {
    scale: camera.scale,
    x: clamp(camera.x, plan.width, view.width),
    y: clamp(camera.y, plan.height, view.height),
  };
}
