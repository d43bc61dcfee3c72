import { pickCopies } from './pick-copy.ts';

test('copies take turns, and one that is not ready comes last', () => {
  const { targetsOf, noteReady } = pickCopies({ api: [1, 2] });
  expect([targetsOf('api'), targetsOf('api'), targetsOf('api')]).toEqual([
    [2, 1],
    [1, 2],
    [2, 1],
  ]);
  noteReady(1, false);
  expect([targetsOf('api'), targetsOf('api')]).toEqual([
    [2, 1],
    [2, 1],
  ]);
  noteReady(2, false);
  expect(targetsOf('api')).toHaveLength(2);
  noteReady(1, true);
  expect([targetsOf('api'), targetsOf('api')]).toEqual([
    [1, 2],
    [1, 2],
  ]);
  expect(targetsOf('none')).toEqual([]);
});
