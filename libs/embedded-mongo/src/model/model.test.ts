import { checkIsolation } from './check-isolation.ts';
import { runModel } from './run-model.ts';

test('random histories of four sessions go as the reference store says, under snapshot isolation', async () => {
  const { runs } = await runModel({ runs: 300 });
  expect(runs).toBe(300);
}, 60_000);

test('the checker sees a lost update and a torn snapshot', () => {
  const read = (session: number, key: number, answer: string) => ({
    step: { kind: 'read', session, key } as const,
    answer,
  });
  const increase = (session: number) => ({ step: { kind: 'increase', session, key: 1 } as const, answer: '1' });
  const commit = (session: number) => ({ step: { kind: 'commit', session } as const, answer: 'ok' });
  const insert = { step: { kind: 'plainInsert', key: 1 } as const, answer: '1' };
  const lost = [insert, read(0, 1, '1:0'), read(1, 1, '1:0'), increase(0), increase(1), commit(0), commit(1)];
  expect(checkIsolation(lost)).toEqual(['commit 3 wrote over commit 2, which it had not seen']);
  const torn = [
    insert,
    read(0, 2, ''),
    { step: { kind: 'plainIncrease', key: 1 } as const, answer: '1' },
    read(0, 1, '1:1'),
    commit(0),
  ];
  expect(checkIsolation(torn)).toHaveLength(1);
});
