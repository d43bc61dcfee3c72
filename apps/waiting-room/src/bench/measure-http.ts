// P2: joins over HTTP, each by a stranger who becomes a fan, against a bare server that answers a constant of the same
// length. P9: the line document likewise.
import { type CheckpointRecord, checkpoints, draws, type Mongo, type SaleRecord, sales } from '@onsale/booking-mongo';
import type { LineDocument } from '@onsale/contracts';
import type { EventId, PhaseId, SaleId } from '@onsale/domain';
import { type LineConnection, leadSale, publishLine } from '@onsale/waiting-room-redis';
import { openBenchLine } from './bench-line.ts';
import { loadHttp } from './http-load.ts';
import type { Figure, Measured } from './ratio.ts';
import { type Served, startServer } from './serve.ts';
import type { Size } from './size.ts';

const CONNECTIONS = 256; // a rush comes over many connections
const HOUR = 3600_000;
const saleId = 'bench-http' as SaleId;
const phaseId = 'general' as PhaseId;

export type HttpMeasures = { readonly measures: readonly Measured[]; stop(): Promise<void> };

/** The sale that is measured on, its line open and a document told. */
export async function openBenchSale(line: LineConnection, mongo: Mongo): Promise<{ saleId: SaleId; document: string }> {
  await line.redis.flushall();
  await openSale(mongo);
  await openBenchLine(line, saleId);
  return { saleId, document: await publish(line) };
}

export async function httpMeasures(line: LineConnection, mongo: Mongo, size: Size): Promise<HttpMeasures> {
  const { document } = await openBenchSale(line, mongo);
  const room = await startServer({ kind: 'room' });
  const joinBody = await firstAnswer(room);
  const bareJoin = await startServer({ kind: 'bare', status: 201, body: joinBody });
  const bareLine = await startServer({ kind: 'bare', status: 200, body: document });
  const rate = (server: Served, request: string) => async (): Promise<Figure> => {
    const cpuBefore = await server.cpuMicros();
    const { port } = server;
    const { answers, perSecond } = await loadHttp({ port, request, connections: CONNECTIONS, seconds: size.seconds });
    return { value: perSecond, cpuMicros: ((await server.cpuMicros()) - cpuBefore) / answers };
  };
  return {
    measures: [
      {
        id: 'P2',
        what: 'joins over HTTP / bare http server answering a constant',
        unit: 'answers/s',
        rounds: size.rounds,
        goal: '>= 0.85',
        measure: rate(room, JOIN),
        baseline: rate(bareJoin, JOIN),
      },
      {
        id: 'P9',
        what: 'line documents served / bare http server answering a constant',
        unit: 'answers/s',
        rounds: size.rounds,
        goal: '>= 0.85',
        measure: rate(room, GET_LINE),
        baseline: rate(bareLine, GET_LINE),
      },
    ],
    stop: async () => {
      await Promise.all([room.stop(), bareJoin.stop(), bareLine.stop()]);
    },
  };
}

const path = `/api/v1/sales/${saleId}`;
const JOIN = `POST ${path}/places HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;
const GET_LINE = `GET ${path}/line HTTP/1.1\r\nHost: bench\r\n\r\n`;

async function firstAnswer({ port }: Served): Promise<string> {
  const reply = await fetch(`http://127.0.0.1:${port}${path}/places`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  return reply.text();
}

async function publish(line: LineConnection): Promise<string> {
  const lead = await leadSale(line, { saleId, holder: 'bench', leaseMs: HOUR });
  const document = benchDocument(1);
  if (lead.kind === 'leading') await publishLine(line, { leadership: lead.leadership, document });
  return JSON.stringify(document);
}

/** As of a large sale in its middle. */
export function benchDocument(seq: number): LineDocument {
  return {
    saleId,
    seq,
    epoch: 1,
    phase: 'open',
    served: 12_345,
    joined: 1_000_000,
    ratePerMinute: { mean: 5991.25, spread: 0.05 },
    ghosts: { front: 'QK'.repeat(28), blocks: 'Zb'.repeat(50) },
    stock: 'limited',
    notice: null,
    refresh: { share: 0.1, minSeconds: 2, maxSeconds: 1800 },
    at: new Date().toISOString(),
  };
}

async function openSale(mongo: Mongo): Promise<void> {
  const now = Date.now();
  await Promise.all([
    sales(mongo).deleteMany({ _id: saleId }),
    draws(mongo).deleteMany({ saleId }),
    checkpoints(mongo).deleteMany({ _id: saleId }),
  ]);
  const checkpoint: CheckpointRecord = {
    _id: saleId,
    leasedIndexes: 0,
    served: 0,
    calledUpTo: 0,
    expiredUpTo: 0,
    epoch: 1,
    updatedAt: new Date(now),
  };
  await checkpoints(mongo).create(checkpoint);
  await sales(mongo).create(saleRecord(now));
  await draws(mongo).create({
    _id: `${saleId}:${phaseId}`,
    saleId,
    phaseId,
    rule: 'bench',
    commitment: '00',
    secret: '00',
    salt: '00',
    firstIndex: 0,
    size: 0,
    root: '00',
    seed: '00'.repeat(32),
    revealedAt: new Date(now),
  });
}

function saleRecord(now: number): SaleRecord {
  const admission = { mode: 'automatic' as const, ratePerMinute: 600, maxActive: 100, floor: 0, ceiling: 0 };
  return {
    _id: saleId,
    eventId: 'bench' as EventId,
    name: 'bench',
    currency: 'EUR',
    performanceIds: [],
    phases: [
      {
        id: phaseId,
        kind: 'general',
        prequeueOpensAt: new Date(now - HOUR),
        opensAt: new Date(now - HOUR / 2),
        closesAt: new Date(now + 10 * HOUR),
        needsCode: false,
      },
    ],
    limits: { seatsPerBooking: 4, seatsPerFan: 4 },
    holdSeconds: 300,
    callWindowSeconds: 120,
    passSeconds: 900,
    admission: { ...admission, noShowCompensation: false, stockAware: false, autoSlow: false },
    admissionVersion: 1,
    paused: false,
    draining: false,
    soldOut: false,
    closedByStaff: false,
    notice: null,
    manualCall: null,
    createdAt: new Date(now),
  };
}
