import { type SharedConsumer, sharePartitions } from './share-partitions.ts';

/** A broker's line for each partition: the first in line is active. */
function inLine(partitions: number, workers: number) {
  const lines = Array.from({ length: partitions }, () => Array.from({ length: workers }, (_, worker) => worker));
  const consumersOf = (worker: number): SharedConsumer[] =>
    lines.map((line) => ({
      get isActive() {
        return line[0] === worker;
      },
      stepBack: async () => {
        line.splice(line.indexOf(worker), 1);
        line.push(worker);
      },
    }));
  return { lines, consumersOf };
}

test.each([
  [4, 1],
  [4, 2],
  [4, 3],
  [16, 5],
])('%i partitions come to rest on %i workers, none with more than its share', async (partitions, workers) => {
  const { lines, consumersOf } = inLine(partitions, workers);
  const all = Array.from({ length: workers }, (_, worker) => consumersOf(worker));
  let steps = 0;
  for (let moved = true; moved && steps < 100; steps++) {
    moved = false;
    for (const consumers of all) moved = (await sharePartitions(consumers, workers)) === 'stepped back' || moved;
  }
  expect(steps).toBeLessThan(100);
  const held = Array.from({ length: workers }, (_, worker) => lines.filter((line) => line[0] === worker).length);
  expect(Math.max(...held)).toBeLessThanOrEqual(Math.ceil(partitions / workers));
});
