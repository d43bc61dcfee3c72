// What is published of a sale's draws: with it anybody gets every number again. docs/fairness.md says how.
import { z } from 'zod';
import { phaseId, saleId, timestamp } from '../scalars.ts';

const hex = z.string().regex(/^[0-9a-f]*$/);
const chanceTold = z.strictObject({ told: z.int(), could: z.int() });
export const fairnessView = z.strictObject({
  saleId,
  draws: z.array(
    z.strictObject({
      phaseId,
      rule: z.string(),
      /** How places that came in a storm from one block of addresses stand in the draw. */
      crowdedRule: z.string(),
      commitment: hex,
      publicValueSource: z.string().nullable(),
      /** How long after the freeze the public value is waited for; then the draw is held with an empty one. */
      publicValueWaitSeconds: z.int().nullable(),
      publicValue: z.string().nullable(),
      firstIndex: z.int().nullable(),
      size: z.int().nullable(),
      root: hex.nullable(),
      rosterRoot: hex.nullable(),
      /** Of the groups of crowded blocks, written down as docs/fairness.md says; null when there are none. */
      crowdedHash: hex.nullable(),
      secret: hex.nullable(),
      seed: hex.nullable(),
      frozenAt: timestamp.nullable(),
      revealedAt: timestamp.nullable(),
    }),
  ),
  /** What fans were promised while they waited, against what came; null until something was promised. */
  promises: z
    .strictObject({
      /** Stated 80 % ranges of waiting fans, drawn by chance, whose turn has come since. */
      waits: z.strictObject({ checked: z.int(), held: z.int(), early: z.int(), late: z.int() }),
      /** How often `likely` and the others were told, and how many of those found seats when their turn came. */
      chances: z.strictObject({ likely: chanceTold, uncertain: chanceTold, unlikely: chanceTold }),
    })
    .nullable(),
  inclusion: z
    .strictObject({
      index: z.int(),
      phaseId,
      identityDigest: hex,
      proof: z.array(z.strictObject({ side: z.enum(['left', 'right']), hash: hex })),
    })
    .nullable(),
});
export type FairnessView = z.infer<typeof fairnessView>;
export const crowdedView = z.strictObject({ saleId, phaseId, groups: z.array(z.array(z.int().min(0))) });
export type CrowdedView = z.infer<typeof crowdedView>;
