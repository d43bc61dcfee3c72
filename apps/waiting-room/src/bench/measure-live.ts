// P8: what a waiting fan's socket costs the waiting room in memory, and a message to it in processor time, against a bare
// Socket.IO server with the same clients and the same documents.
import type { LineDocument } from '@onsale/contracts';
import type { FanId, SaleId } from '@onsale/domain';
import { sealPlace, type TokenKeys } from '@onsale/pass';
import { type Leadership, type LineConnection, leadSale, publishLine } from '@onsale/waiting-room-redis';
import { type LiveLoad, openLiveLoad } from './live-load.ts';
import type { Measured } from './ratio.ts';
import { type Served, startServer } from './serve.ts';
import type { Size } from './size.ts';

export type LiveDeps = {
  readonly line: LineConnection;
  readonly saleId: SaleId;
  readonly keys: TokenKeys;
  readonly size: Size;
  documentOf(seq: number): LineDocument;
};

export type LiveMeasures = { readonly measures: readonly Measured[]; stop(): Promise<void> };

const MESSAGES = 20; // documents a round, to every client
const HEARD_LIMIT_MS = 60_000;
const HOUR_MS = 3600_000;

type Side = { readonly server: Served; readonly load: LiveLoad; readonly bytesPerSocket: number };

export async function liveMeasures(deps: LiveDeps): Promise<LiveMeasures> {
  const { line, saleId, keys, size } = deps;
  const room = await connectAll(await startServer({ kind: 'room' }), size.sockets, (i) => ({
    place: benchPlace(keys, saleId, i),
  }));
  const bare = await connectAll(await startServer({ kind: 'bare_live' }), size.sockets, () => ({}));
  const lead = await leadSale(line, { saleId, holder: 'bench', leaseMs: HOUR_MS });
  if (lead.kind !== 'leading') throw new Error(lead.kind);
  let seq = 1000;
  // A change of phase is news for every socket; that some more were called is told to those far back more seldom.
  const next = (): LineDocument => ({ ...deps.documentOf(++seq), phase: seq % 2 === 0 ? 'open' : 'paused' });
  const publish = (leadership: Leadership) => publishLine(line, { leadership, document: next() });
  const memory =
    ({ bytesPerSocket }: Side) =>
    async () => ({ value: bytesPerSocket, cpuMicros: null });
  return {
    measures: [
      {
        id: 'P8',
        what: `memory of a waiting socket / of a bare Socket.IO server, ${size.sockets} sockets`,
        unit: 'bytes',
        goal: '<= 1.15',
        rounds: 1,
        measure: memory(room),
        baseline: memory(bare),
      },
      {
        id: 'P8',
        what: `processor time of a message to a waiting socket / of a bare Socket.IO server, ${size.sockets} sockets`,
        unit: 'ns',
        goal: '<= 1.10',
        rounds: size.rounds,
        measure: () => nanosPerMessage(room, () => publish(lead.leadership)),
        baseline: () => nanosPerMessage(bare, () => bare.server.emit('line', next())),
      },
    ],
    stop: async () => {
      for (const { load, server } of [room, bare]) {
        load.stop();
        await server.stop();
      }
    },
  };
}

export function benchPlace(keys: TokenKeys, saleId: SaleId, index: number): string {
  const fanId = `fan-${index}` as FanId;
  return sealPlace(keys, { saleId, index, fanId, epoch: 1, joinedAt: 0, version: 0, code: null });
}

async function connectAll(server: Served, count: number, authOf: (client: number) => object): Promise<Side> {
  // The first thousand pay for what every further one shares.
  const first = await openLiveLoad({ port: server.port, count: 1000, authOf });
  const before = await server.memoryBytes();
  const rest = await openLiveLoad({ port: server.port, count: count - 1000, authOf: (i) => authOf(1000 + i) });
  await settle(rest);
  const bytesPerSocket = ((await server.memoryBytes()) - before) / (count - 1000);
  const stop = () => {
    first.stop();
    rest.stop();
  };
  return {
    server,
    bytesPerSocket,
    load: { connected: count, heard: () => first.heard() + rest.heard(), cut: stop, stop },
  };
}

/** Until nothing more is heard of the connecting. */
async function settle(load: LiveLoad): Promise<void> {
  for (let before = -1; before !== load.heard(); ) {
    before = load.heard();
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function nanosPerMessage({ server, load }: Side, send: () => Promise<unknown>) {
  const cpu = await server.cpuMicros();
  for (let message = 0; message < MESSAGES; message++) {
    const due = load.heard() + load.connected;
    await send();
    await heardBy(load, due);
  }
  const micros = ((await server.cpuMicros()) - cpu) / (MESSAGES * load.connected);
  return { value: micros * 1000, cpuMicros: micros };
}

async function heardBy(load: LiveLoad, due: number): Promise<void> {
  const until = performance.now() + HEARD_LIMIT_MS;
  while (load.heard() < due) {
    if (performance.now() > until) throw new Error(`${due - load.heard()} messages were not heard`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
