import { fitCamera, keepInSight, toPlan, toScreen, zoomAt } from './camera.ts';

const plan = { width: 100, height: 50 };
const view = { width: 220, height: 220 };

test('the whole plan fits, centred', () => {
  const camera = fitCamera(plan, view, 10);
  expect(camera).toEqual({ scale: 2, x: 10, y: 60 });
  expect(toScreen(camera, { x: 50, y: 25 })).toEqual({ x: 110, y: 110 });
  expect(toPlan(camera, { x: 110, y: 110 })).toEqual({ x: 50, y: 25 });
});

test('zooming holds the point under the finger', () => {
  const before = fitCamera(plan, view, 10);
  const at = { x: 60, y: 100 };
  const after = zoomAt(before, { at, factor: 3, least: 2, unit: 1 });
  expect(after.scale).toBe(6);
  expect(toPlan(after, at).x).toBeCloseTo(toPlan(before, at).x);
  expect(toPlan(after, at).y).toBeCloseTo(toPlan(before, at).y);
});

test('zooming ends at the whole plan and at comfortable seats', () => {
  const camera = fitCamera(plan, view, 10);
  expect(zoomAt(camera, { at: { x: 0, y: 0 }, factor: 0.1, least: 2, unit: 1 }).scale).toBe(2);
  expect(zoomAt(camera, { at: { x: 0, y: 0 }, factor: 1000, least: 2, unit: 2 }).scale).toBe(28);
});

test('the plan cannot be pushed out of sight', () => {
  expect(keepInSight({ scale: 2, x: 500, y: -500 }, plan, view)).toEqual({ scale: 2, x: 10, y: 60 });
  expect(keepInSight({ scale: 10, x: 5_000, y: -5_000 }, plan, view)).toEqual({ scale: 10, x: 110, y: 110 - 500 });
});
