import { PromiseBook } from './promise-book.ts';

const wait = { lowSeconds: 60, highSeconds: 90 };
const nobodyGone = () => false;

test('a promised range is held, missed early or missed late; a fan who was gone checks nothing', () => {
  const book = new PromiseBook();
  for (const number of [10, 20, 30, 40]) book.add({ number, at: 0, wait, chance: null });
  book.reach({ served: 10, now: 30_000, free: 5, isGone: nobodyGone });
  book.reach({ served: 29, now: 75_000, free: 5, isGone: nobodyGone });
  book.reach({ served: 30, now: 91_000, free: 5, isGone: nobodyGone });
  book.reach({ served: 50, now: 80_000, free: 5, isGone: () => true });
  expect(book.take()?.waits).toEqual({ checked: 3, held: 1, early: 1, late: 1 });
  expect(book.take()).toBeNull();
});

test('a chance is settled by the seats at the call, and by the end of the sale for those who never were called', () => {
  const book = new PromiseBook();
  book.add({ number: 1, at: 0, wait: null, chance: 'likely' });
  book.add({ number: 2, at: 0, wait: null, chance: 'uncertain' });
  book.add({ number: 3, at: 0, wait: null, chance: 'unlikely' });
  book.add({ number: 4, at: 0, wait: null, chance: 'unlikely' });
  book.reach({ served: 1, now: 1, free: 5, isGone: nobodyGone });
  book.reach({ served: 2, now: 2, free: 0, isGone: nobodyGone });
  book.end((number) => number === 4);
  expect(book.take()?.chances).toEqual({
    likely: { told: 1, could: 1 },
    uncertain: { told: 1, could: 0 },
    unlikely: { told: 1, could: 0 },
  });
});
