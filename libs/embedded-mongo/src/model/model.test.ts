import { checkIsolation } from './check-isolation.ts';
import { runModel } from './run-model.ts';

test('random histories of four sessions go as the reference store says, under snapshot isolation', async () => {
  const { runs } = await runModel({ runs: 200 });
  expect(runs).toBe(200);
}, 60_000);

test('the checker sees a lost update and a torn snapshot', () => {
  const read = (session: number, key: number, answer: string) => ({
    step: { kind: 'read', session, key, u: 0 } as const,
    answer,
  });
  const increase = (session: number) => ({ step: { kind: 'increase', session, key: 1, u: 0 } as const, answer: '1' });
  const commit = (session: number) => ({ step: { kind: 'commit', session } as const, answer: 'ok' });
  const insert = { step: { kind: 'plainInsert', key: 1, u: 0 } as const, answer: '1' };
  const lost = [insert, read(0, 1, '1:0'), read(1, 1, '1:0'), increase(0), increase(1), commit(0), commit(1)];
  expect(checkIsolation(lost)).toEqual(['commit 3 wrote over commit 2, which it had not seen']);
  const torn = [
    insert,
    read(0, 2, ''),
    { step: { kind: 'plainIncrease', key: 1, u: 0 } as const, answer: '1' },
    read(0, 1, '1:1'),
    commit(0),
  ];
  expect(checkIsolation(torn)).toHaveLength(1);
  const all = { step: { kind: 'readAll', session: 0, key: 1, u: 0 } as const, answer: '1:0' };
  const tornAll = [
    insert,
    all,
    { step: { kind: 'plainIncrease', key: 1, u: 0 } as const, answer: '1' },
    { ...all, answer: '1:1' },
    commit(0),
  ];
  expect(checkIsolation(tornAll)).toHaveLength(1);
  const twice = [
    read(0, 3, ''),
    { step: { kind: 'plainInsert', key: 3, u: 0 } as const, answer: '1' },
    read(0, 3, '3:0'),
    commit(0),
  ];
  expect(checkIsolation(twice)).toHaveLength(1);
  expect(checkIsolation([{ step: { kind: 'plainReadAll' }, answer: '1:0:2 3:5:2' }])).toHaveLength(1);
});
