// Random histories for the model-based test.
import fc from 'fast-check';
import { keyCount, type Step, sessionCount } from './reference-store.ts';

const stepsMax = 30;

/** Each increase follows a read of the same key, so that the checker of isolation knows what it made. */
export function histories(): fc.Arbitrary<Step[]> {
  const session = fc.integer({ min: 0, max: sessionCount - 1 });
  const key = fc.integer({ min: 1, max: keyCount });
  const inside = fc.constantFrom('read', 'readAll', 'insert', 'increase', 'remove') as fc.Arbitrary<'read' | 'insert'>;
  const plain = fc.constantFrom('plainInsert', 'plainIncrease', 'plainRemove') as fc.Arbitrary<'plainInsert'>;
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: inside, session, key }) as fc.Arbitrary<Step> },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('commit', 'abort') as fc.Arbitrary<'commit'>,
        session,
      }) as fc.Arbitrary<Step>,
    },
    { weight: 3, arbitrary: fc.record({ kind: plain, key }) as fc.Arbitrary<Step> },
    { weight: 1, arbitrary: fc.constant<Step>({ kind: 'plainReadAll' }) },
  );
  return fc.array(step, { minLength: 1, maxLength: stepsMax }).map((steps) => steps.flatMap(withReadBefore));
}

const withReadBefore = (step: Step): Step[] =>
  step.kind === 'increase' ? [{ kind: 'read', session: step.session, key: step.key }, step] : [step];
