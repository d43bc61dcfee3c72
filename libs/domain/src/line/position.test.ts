import fc from 'fast-check';
import { GhostMap } from './ghost-map.ts';
import { packGhosts } from './ghosts.ts';
import { peopleAhead } from './people-ahead.ts';
import { nextPosition, type Position } from './position.ts';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('call' as const), count: fc.integer({ min: 0, max: 60 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('gone' as const), number: fc.integer({ min: 1, max: 6000 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('back' as const), number: fc.integer({ min: 1, max: 6000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('join' as const), count: fc.integer({ min: 1, max: 400 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restore' as const) }) },
);

test('whatever comes and goes, a position jumps up only with a cause, and by no more than the cause accounts for', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 120 }),
      fc.integer({ min: 1, max: 5000 }),
      fc.float({ min: 0, max: Math.fround(0.5) }),
      (steps, number, gone) => {
        const ghosts = new GhostMap();
        let [served, joined, back, epoch] = [0, 5000, 0, 1];
        for (let at = 1; at <= joined; at++) if ((at * 7919) % 1000 < gone * 1000) ghosts.set(at, true);
        let shown: Position | null = null;
        for (const one of steps) {
          if (one.kind === 'call') served = Math.min(joined, served + one.count);
          if (one.kind === 'join') joined += one.count;
          if (one.kind === 'gone' && one.number > served && one.number <= joined) ghosts.set(one.number, true);
          if (one.kind === 'back' && one.number > served && ghosts.isGhost(one.number)) {
            ghosts.set(one.number, false);
            back++;
          }
          if (one.kind === 'restore') [epoch, back] = [epoch + 1, 0];
          const document = { served, joined, epoch, back, ghosts: packGhosts(ghosts, { served, last: joined }) };
          const next: Position = nextPosition(shown, document, number);
          if (shown !== null && next.ahead > shown.ahead) {
            expect(next.cause).not.toBeNull();
            if (next.cause === 'came_back') expect(next.ahead - shown.ahead).toBeLessThanOrEqual(back - shown.back);
          } else expect(next.cause).toBeNull();
          expect(next.ahead).toBeGreaterThanOrEqual(0);
          // What is held back is no more than what a far block may be wrong by.
          const told = peopleAhead(document, number);
          expect(told - next.ahead).toBeLessThanOrEqual(2 + 0.05 * told);
          shown = next;
        }
      },
    ),
  );
});

test('a line that was restored may put somebody further back, and says so', () => {
  const line = { served: 0, joined: 100, ghosts: { front: '', blocks: '' }, epoch: 1 };
  const first = nextPosition(null, { ...line, served: 40 }, 50);
  expect(first).toMatchObject({ ahead: 9, cause: null });
  expect(nextPosition(first, { ...line, epoch: 2 }, 50)).toMatchObject({ ahead: 49, cause: 'restored' });
});
