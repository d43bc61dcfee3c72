import { type Actor, enterPublicValue, type Mongo, type PublicValue } from '@onsale/booking-mongo';
import type { PublicValueView } from '@onsale/contracts';
import { refuse } from '../errors.ts';

const REFUSALS = {
  none_named: 'This draw depends on no public value; none was named before its pre-queue.',
  not_frozen: 'The roster is not frozen yet; the value counts only once nobody can be added.',
  settled: 'The draw has its value, or was held without one; neither is changed.',
} as const;

/** Refuses with not_found, or conflict when the draw does not take a value now. */
export async function writePublicValue(
  { mongo }: { readonly mongo: Mongo },
  { entry, actor }: { readonly entry: PublicValue; readonly actor: Actor },
): Promise<PublicValueView> {
  const outcome = await enterPublicValue(mongo, entry, actor);
  if (outcome.kind === 'not_found') refuse('not_found');
  if (outcome.kind === 'refused') refuse('conflict', { detail: REFUSALS[outcome.reason] });
  const { saleId, phaseId, publicValueSource, publicValue } = outcome.draw;
  return { saleId, phaseId, publicValueSource, publicValue };
}
