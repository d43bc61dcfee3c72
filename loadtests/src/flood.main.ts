// The flood as a process of its own, so that its work does not delay whoever measures: the order comes as the only argument,
// the count of accepted requests goes out every second, and it ends with its standard input.
import { type FloodOrder, flood } from './click/flood.ts';

const order = JSON.parse(process.argv[2] ?? '') as FloodOrder;
const running = flood(order);
const telling = setInterval(() => process.stdout.write(`${running.accepted()}\n`), 1_000);
process.stdin.resume().once('end', async () => {
  clearInterval(telling);
  await running.stop();
});
