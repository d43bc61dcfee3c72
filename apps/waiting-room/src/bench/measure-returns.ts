// R5: every connection is cut at once. The clients come back spread over the time that was announced, and none is refused.
import { openLiveLoad, type Returns } from './live-load.ts';

export type Cut = {
  readonly port: number;
  readonly sockets: number;
  authOf(client: number): object;
  /** Destroys every connection of the server; `network` loses them on the clients' side. */
  readonly cut: 'network' | (() => Promise<unknown>);
};

export type CutResult = {
  readonly withinSeconds: number;
  readonly returned: number;
  readonly refused: readonly string[];
  /** Returns of each tenth of the announced time, as a share of all. */
  readonly tenths: readonly number[];
  /** The same of the times the clients chose: a busy machine is late, and says nothing about the spread. */
  readonly chosenTenths: readonly number[];
  readonly lastAfterSeconds: number;
};

const LATE_SECONDS = 15; // for a machine that is busy

export async function cutAll({ port, sockets, authOf, cut }: Cut): Promise<CutResult> {
  const returns: Returns = { withinSeconds: 2, chosenMs: [], at: [], refused: [] };
  const load = await openLiveLoad({ port, count: sockets, authOf, returns });
  const from = performance.now();
  if (cut === 'network') load.cut();
  else await cut();
  const { withinSeconds } = returns;
  const until = from + (withinSeconds + LATE_SECONDS) * 1000;
  while (returns.at.length + returns.refused.length < sockets && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const after = returns.at.map((at) => (at - from) / 1000);
  load.stop();
  const tenthsOf = (times: readonly number[]) =>
    Array.from({ length: 10 }, (_, tenth) => {
      const within = times.filter((seconds) => Math.min(9, Math.floor((seconds / withinSeconds) * 10)) === tenth);
      return within.length / sockets;
    });
  return {
    withinSeconds,
    returned: after.length,
    refused: returns.refused,
    tenths: tenthsOf(after),
    chosenTenths: tenthsOf(returns.chosenMs.map((ms) => ms / 1000)),
    lastAfterSeconds: Math.max(0, ...after),
  };
}
