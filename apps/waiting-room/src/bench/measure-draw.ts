// P13: a third party recomputes the whole draw with the stand-alone verifier, which shares no code with us.
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

type Verifier = { orderOf(draw: object, groups: readonly (readonly number[])[]): (index: number) => number };

export type WholeDraw = { readonly seconds: number; readonly secondsWithStorm: number };

/** Every number of a draw among so many, once without and once with a storm of a hundredth of them. */
export async function wholeDraw(size: number): Promise<WholeDraw> {
  const path = join(process.cwd(), 'scripts/verify-draw.mjs');
  const verifier = (await import(pathToFileURL(path).href)) as Verifier;
  const draw = { seed: createHash('sha256').update(randomBytes(8)).digest('hex'), firstIndex: 0, size };
  const storm = Array.from({ length: Math.floor(size / 100) }, (_, i) => i * 7);
  return { seconds: recompute(verifier, draw, []), secondsWithStorm: recompute(verifier, draw, [storm]) };
}

function recompute(verifier: Verifier, draw: { size: number }, groups: readonly (readonly number[])[]): number {
  const from = performance.now();
  const numberOf = verifier.orderOf(draw, groups);
  const seen = new Uint8Array(draw.size + 1);
  for (let index = 0; index < draw.size; index++) seen[numberOf(index)] = 1;
  const seconds = (performance.now() - from) / 1000;
  if (seen.reduce((sum, one) => sum + one, 0) !== draw.size) throw new Error('a number was given twice');
  return seconds;
}
