// P8: what a waiting fan's socket costs the waiting room in memory, and a message to it in processor time, against a bare
// Socket.IO server with the same clients and the same documents.
import type { LineDocument } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { type Leadership, type LineConnection, leadSale, publishLine } from '@onsale/waiting-room-redis';
import type { Measured } from './ratio.ts';
import { type Served, startServer } from './serve.ts';
import type { Size } from './size.ts';

export type LiveDeps = {
  readonly line: LineConnection;
  readonly saleId: SaleId;
  readonly size: Size;
  documentOf(seq: number): LineDocument;
};

export type LiveMeasures = { readonly measures: readonly Measured[]; stop(): Promise<void> };

const MESSAGES = 20; // documents a round, to every client
const HEARD_LIMIT_MS = 60_000;
const HOUR_MS = 3600_000;

type Side = {
  readonly server: Served;
  readonly connected: number;
  readonly bytesPerSocket: number;
  heard(): Promise<number>;
  stop(): Promise<void>;
};

export async function liveMeasures(deps: LiveDeps): Promise<LiveMeasures> {
  const { line, saleId, size } = deps;
  const room = await connectAll(await startServer({ kind: 'room' }), size.sockets, saleId);
  const bare = await connectAll(await startServer({ kind: 'bare_live' }), size.sockets, null);
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
      await Promise.all([room.stop(), bare.stop()]);
    },
  };
}

async function connectAll(server: Served, count: number, saleId: SaleId | null): Promise<Side> {
  const { port } = server;
  // The first thousand pay for what every further one shares.
  const first = await startServer({ kind: 'clients', port, count: 1000, saleId });
  const before = await settled(server, first);
  const rest = await startServer({ kind: 'clients', port, count: count - 1000, saleId });
  const bytesPerSocket = ((await settled(server, rest)) - before) / (count - 1000);
  return {
    server,
    connected: count,
    bytesPerSocket,
    heard: async () => (await first.heard()) + (await rest.heard()),
    stop: async () => {
      await Promise.all([first.stop(), rest.stop()]);
      await server.stop();
    },
  };
}

/** The server's memory once its clients hear nothing more of the connecting. */
async function settled(server: Served, clients: Served): Promise<number> {
  for (let before = -1; ; ) {
    const heard = await clients.heard();
    if (heard === before) return server.memoryBytes();
    before = heard;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

async function nanosPerMessage(side: Side, send: () => Promise<unknown>) {
  const cpu = await side.server.cpuMicros();
  for (let message = 0; message < MESSAGES; message++) {
    const due = (await side.heard()) + side.connected;
    await send();
    await heardBy(side, due);
  }
  const micros = ((await side.server.cpuMicros()) - cpu) / (MESSAGES * side.connected);
  return { value: micros * 1000, cpuMicros: micros };
}

async function heardBy(side: Side, due: number): Promise<void> {
  const until = performance.now() + HEARD_LIMIT_MS;
  for (let heard = 0; heard < due; heard = await side.heard()) {
    if (performance.now() > until) throw new Error(`${due - heard} messages were not heard`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
