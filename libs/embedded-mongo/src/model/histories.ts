// Random histories for the model-based test.
import fc from 'fast-check';
import { keyCount, type Step, sessionCount, uniqueCount } from './reference-store.ts';

const stepsMax = 30;

/** Each change of a document follows a read of the same key, so that the checker of isolation knows what it made. */
export function histories(): fc.Arbitrary<Step[]> {
  const session = fc.integer({ min: 0, max: sessionCount - 1 });
  const key = fc.integer({ min: 1, max: keyCount });
  const u = fc.integer({ min: 0, max: uniqueCount });
  const inside = fc.constantFrom('read', 'readAll', 'insert', 'increase', 'move', 'remove') as fc.Arbitrary<'read'>;
  const plain = fc.constantFrom(
    'plainInsert',
    'plainIncrease',
    'plainMove',
    'plainRemove',
  ) as fc.Arbitrary<'plainMove'>;
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: inside, session, key, u }) as fc.Arbitrary<Step> },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('commit', 'abort') as fc.Arbitrary<'commit'>,
        session,
      }) as fc.Arbitrary<Step>,
    },
    { weight: 3, arbitrary: fc.record({ kind: plain, key, u }) as fc.Arbitrary<Step> },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: 'plainReadAll' }) },
  );
  return fc
    .array(step, { minLength: 1, maxLength: stepsMax, size: 'max' })
    .map((steps) => steps.flatMap(withReadBefore));
}

const withReadBefore = (step: Step): Step[] =>
  step.kind === 'increase' || step.kind === 'move' ? [{ ...step, kind: 'read' }, step] : [step];
