import { manualClock } from './manual-clock.ts';

test('stands still until it is moved', async () => {
  const clock = manualClock(1000);
  expect(clock.now()).toBe(1000);
  await clock.advance(250);
  expect(clock.now()).toBe(1250);
});

test('wakes sleepers in the order of their time, each at its time', async () => {
  const clock = manualClock(0);
  const woken: [string, number][] = [];
  const sleeper = async (name: string, ms: number) => {
    await clock.sleep(ms);
    woken.push([name, clock.now()]);
  };
  const all = Promise.all([sleeper('late', 300), sleeper('early', 100), sleeper('now', 0)]);
  await clock.advance(300);
  await all;
  expect(woken).toEqual([
    ['now', 0],
    ['early', 100],
    ['late', 300],
  ]);
});

test('wakes one that goes to sleep again on the way', async () => {
  const clock = manualClock(0);
  const ticks: number[] = [];
  const loop = (async () => {
    while (ticks.length < 3) {
      await clock.sleep(100);
      ticks.push(clock.now());
    }
  })();
  await clock.advance(1000);
  await loop;
  expect(ticks).toEqual([100, 200, 300]);
  expect(clock.now()).toBe(1000);
});
