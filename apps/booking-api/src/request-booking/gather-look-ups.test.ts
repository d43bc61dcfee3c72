import { gatherLookUps } from './gather-look-ups.ts';

function shelf() {
  const reads: (readonly number[])[] = [];
  let release: () => void = () => undefined;
  const lookUp = gatherLookUps<number, string>({
    keysMax: 3,
    load: async (keys) => {
      reads.push(keys);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      if (keys.includes(13)) throw new Error('away');
      return new Map(keys.filter((key) => key % 2 === 0).map((key) => [key, `no. ${key}`]));
    },
  });
  const next = async () => {
    while (reads.length === 0) await new Promise((resolve) => setImmediate(resolve));
    release();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { reads, lookUp, next };
}

test('what comes together is one read, each key once, and what comes meanwhile is the next', async () => {
  const { reads, lookUp, next } = shelf();
  const first = Promise.all([lookUp(1), lookUp(2), lookUp(2)]);
  await next();
  expect(await first).toEqual([null, 'no. 2', 'no. 2']);
  const second = Promise.all([lookUp(4), lookUp(5), lookUp(6), lookUp(8)]);
  await next();
  await next();
  await next();
  expect(await second).toEqual(['no. 4', null, 'no. 6', 'no. 8']);
  expect(reads).toEqual([[1, 2], [4, 5, 6], [8]]);
});

test('a read that fails fails those who waited for it, and nobody else', async () => {
  const { lookUp, next } = shelf();
  const failed = lookUp(13);
  const seen = expect(failed).rejects.toThrow('away');
  await next();
  await seen;
  const later = lookUp(2);
  await next();
  await next();
  expect(await later).toBe('no. 2');
});
