// Plays one history against the server (its commands, without a socket) and against the reference store.
import { setImmediate as turn } from 'node:timers/promises';
import { Binary, Int32, Long, UUID } from 'bson';
import { type Connection, runCommand } from '../commands/dispatch.ts';
import type { ServerState } from '../commands/server-state.ts';
import { type Doc, isArray, isDoc, toNumber } from '../values/types.ts';
import type { Event } from './check-isolation.ts';
import { type Answer, ReferenceStore, type Step } from './reference-store.ts';

export type Played = { readonly divergences: string[]; readonly events: readonly Event[] };

let histories = 0;

export async function playHistory(server: ServerState, steps: readonly Step[]): Promise<Played> {
  histories += 1;
  const player = new Player(server, `history${histories}`);
  await player.prepare();
  for (const [i, step] of steps.entries()) await player.step(step, i);
  await player.finish();
  return { divergences: player.divergences, events: player.events };
}

class Player {
  readonly divergences: string[] = [];
  readonly events: Event[] = [];
  private readonly server: ServerState;
  private readonly database: string;
  private readonly reference = new ReferenceStore();
  private readonly connection: Connection = { id: 0, appName: null, closed: false };
  private readonly sessions = new Map<number, { lsid: Doc; number: number; open: boolean }>();
  private pending: { answer: Answer | null; expected: Answer | null; name: string; step: Step } | null = null;

  constructor(server: ServerState, database: string) {
    this.server = server;
    this.database = database;
  }

  async prepare(): Promise<void> {
    await this.run({ create: 'c' });
    const index = { key: { u: new Int32(1) }, name: 'u_1', unique: true, sparse: true };
    await this.run({ createIndexes: 'c', indexes: [index] });
  }

  async step(step: Step, at: number): Promise<void> {
    const name = `step ${at} ${JSON.stringify(step)}`;
    // One plain write may wait at a time; another would only stand behind it.
    if (step.kind.startsWith('plain') && step.kind !== 'plainReadAll' && this.pending !== null) return;
    const waiting: NonNullable<Player['pending']> = { answer: null, expected: null, name, step };
    const expected = this.reference.play(step, (answer) => {
      if (this.pending) this.pending.expected = answer;
    });
    void this.send(step).then((answer) => {
      waiting.answer = answer;
    });
    await settled();
    if (expected === null) {
      this.pending = waiting;
      if (waiting.answer !== null) this.divergences.push(`${name}: should wait, but answered ${waiting.answer}`);
      return;
    }
    const actual = waiting.answer;
    if (actual !== expected)
      this.divergences.push(
        `${name}: should answer ${expected}, but ${actual === null ? 'waits' : `answered ${actual}`}`,
      );
    if (actual !== null) this.record(step, actual);
    await this.checkWaiting();
  }

  async finish(): Promise<void> {
    for (const session of this.sessions.keys()) await this.step({ kind: 'abort', session }, -1);
    await this.step({ kind: 'plainReadAll' }, -1);
    await this.run({ dropDatabase: new Int32(1) });
  }

  private async checkWaiting(): Promise<void> {
    const { pending } = this;
    if (pending === null) return;
    await settled();
    if (pending.expected === pending.answer) {
      if (pending.answer === null) return;
      this.record(pending.step, pending.answer);
    } else
      this.divergences.push(
        `${pending.name}: should now have answered ${pending.expected}, but answered ${pending.answer}`,
      );
    this.pending = null;
  }

  private record(step: Step, answer: Answer): void {
    this.events.push({ step, answer });
  }

  private async send(step: Step): Promise<Answer> {
    const { command, session } = this.commandOf(step);
    const reply = await this.run(command);
    const answer = answerOf(step, reply);
    if (session && (step.kind === 'commit' || step.kind === 'abort' || answer === 'conflict' || answer === 'duplicate'))
      session.open = false;
    return answer;
  }

  private commandOf(step: Step): { command: Doc; session: { open: boolean } | null } {
    const body = bodyOf(step);
    if (!('session' in step)) return { command: body, session: null };
    const session = this.sessions.get(step.session) ?? {
      lsid: { id: new Binary(new UUID().buffer, 4) },
      number: 0,
      open: false,
    };
    this.sessions.set(step.session, session);
    const ends = step.kind === 'commit' || step.kind === 'abort';
    const starts = !session.open && !ends;
    if (starts) {
      session.open = true;
      session.number += 1;
    }
    // Ending what is not open is asked under a number that was never used.
    const number = ends && !session.open ? session.number + 1000 : session.number;
    const fields = {
      lsid: session.lsid,
      txnNumber: Long.fromNumber(number),
      autocommit: false,
      ...(starts ? { startTransaction: true } : {}),
    };
    return { command: { ...body, ...fields, ...(ends ? { $db: 'admin' } : {}) }, session };
  }

  private async run(command: Doc): Promise<Doc> {
    const answer = await runCommand(this.server, this.connection, { ...command, $db: command.$db ?? this.database });
    return answer === 'hangUp' ? {} : answer.reply;
  }
}

// Commands run in turns of the event loop; two turns are enough for whatever can go on to have gone on.
async function settled(): Promise<void> {
  await turn();
  await turn();
}

function bodyOf(step: Step): Doc {
  switch (step.kind) {
    case 'read':
      return { find: 'c', filter: { _id: new Int32(step.key) } };
    case 'readAll':
    case 'plainReadAll':
      return { find: 'c', filter: {}, sort: { _id: new Int32(1) } };
    case 'insert':
    case 'plainInsert':
      return { insert: 'c', documents: [{ _id: new Int32(step.key), n: new Int32(0), ...unique(step.u) }] };
    case 'increase':
    case 'plainIncrease':
      return { update: 'c', updates: [{ q: { _id: new Int32(step.key) }, u: { $inc: { n: new Int32(1) } } }] };
    case 'move':
    case 'plainMove': {
      const u = step.u === 0 ? { $unset: { u: '' } } : { $set: unique(step.u) };
      return { update: 'c', updates: [{ q: { _id: new Int32(step.key) }, u }] };
    }
    case 'remove':
    case 'plainRemove':
      return { delete: 'c', deletes: [{ q: { _id: new Int32(step.key) }, limit: new Int32(1) }] };
    case 'commit':
      return { commitTransaction: new Int32(1) };
    case 'abort':
      return { abortTransaction: new Int32(1) };
  }
}

const unique = (u: number): Doc => (u === 0 ? {} : { u: new Int32(u) });

const shown = ({ _id, n, u }: Doc): string =>
  [_id, n, u].flatMap((value) => (value === undefined ? [] : [toNumber(value)])).join(':');

function answerOf(step: Step, reply: Doc): Answer {
  if (reply.ok !== 1)
    return reply.code === 112 ? 'conflict' : reply.code === 251 ? 'none' : `error ${String(reply.code)}`;
  if (isArray(reply.writeErrors)) {
    const [error] = reply.writeErrors;
    return isDoc(error) && error.code === 11000 ? 'duplicate' : 'error';
  }
  if (step.kind === 'commit' || step.kind === 'abort') return 'ok';
  if (isDoc(reply.cursor)) return (reply.cursor.firstBatch as Doc[]).map(shown).join(' ');
  return String(reply.n);
}
