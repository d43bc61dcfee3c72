// Plays one scenario against a server and tells where the answers differ from the recorded ones.
import { Binary, Int32, UUID } from 'bson';
import { type Doc, isArray, isDoc, setField, toNumber, type Value } from '../values/types.ts';
import { type Captures, compareReplies } from './compare-replies.ts';
import { RawConnection } from './raw-connection.ts';
import type { Scenario, Step } from './scenario.ts';

/** What was answered, in short: the code of the failure or of the first failed statement, else `ok`. */
export type ShortAnswer = number | 'ok' | 'nothing';

export type Difference = {
  readonly step: number;
  readonly command: string;
  readonly details: readonly string[];
  readonly answer: ShortAnswer;
  /** What the recording says of other servers. */
  readonly newer?: string | undefined;
  readonly mayDiffer?: string | undefined;
};

type Address = { readonly host: string; readonly port: number };

const waitMsMax = 20_000;

export async function playScenario(address: Address, scenario: Scenario): Promise<Difference[]> {
  const player = new Player(address);
  try {
    await player.admin({ dropDatabase: new Int32(1), $db: scenario.db });
    const differences: Difference[] = [];
    for (const [i, step] of scenario.steps.entries()) {
      const details = await player.step(step);
      if (details.length > 0)
        differences.push({
          step: i,
          command: player.lastCommand(step),
          details,
          answer: player.lastAnswer,
          newer: step.newer,
          mayDiffer: step.mayDiffer,
        });
    }
    return differences;
  } finally {
    await player.cleanUp(scenario.db);
  }
}

type Pending = { readonly reply: Promise<Doc | Error>; settled: boolean; readonly command: string };

class Player {
  private readonly address: Address;
  private readonly connections = new Map<string, RawConnection>();
  private readonly sessions = new Map<string, Doc>();
  private readonly captures: Captures = new Map();
  private readonly pending = new Map<string, Pending>();
  private readonly failPoints = new Set<string>();
  lastAnswer: ShortAnswer = 'nothing';

  constructor(address: Address) {
    this.address = address;
  }

  /** The differences of this step, in words. */
  async step(step: Step): Promise<string[]> {
    this.lastAnswer = 'nothing';
    if (step.sleepMs !== undefined) await sleep(toNumber(step.sleepMs));
    else if (step.close !== undefined) this.close(step.close);
    else if (step.stillPending !== undefined) return this.checkPending(step.stillPending, toNumber(step.afterMs));
    else if (step.recv !== undefined) return this.check(step, this.pending.get(step.recv));
    else if (step.on !== undefined && step.cmd !== undefined) {
      const sent = await this.send(step.on, step.cmd);
      if (step.send === undefined) return this.check(step, sent);
      this.pending.set(step.send, sent);
    }
    return [];
  }

  lastCommand(step: Step): string {
    return JSON.stringify(step.cmd ?? { recv: step.recv ?? step.stillPending }).slice(0, 1000);
  }

  async admin(command: Doc): Promise<Doc> {
    return (await this.connection('the player')).run(command);
  }

  async cleanUp(db: string): Promise<void> {
    try {
      await this.admin({ killSessions: [...this.sessions.values()], $db: 'admin' });
      for (const name of this.failPoints) await this.admin({ configureFailPoint: name, mode: 'off', $db: 'admin' });
      await this.admin({ dropDatabase: new Int32(1), $db: db });
    } finally {
      for (const connection of this.connections.values()) connection.close();
    }
  }

  private async connection(label: string): Promise<RawConnection> {
    let connection = this.connections.get(label);
    if (connection === undefined) {
      connection = await RawConnection.open(this.address);
      this.connections.set(label, connection);
    }
    return connection;
  }

  private close(label: string): void {
    this.connections.get(label)?.close();
    this.connections.delete(label);
  }

  private async send(label: string, command: Doc): Promise<Pending> {
    const connection = await this.connection(label);
    if (typeof command.configureFailPoint === 'string') this.failPoints.add(command.configureFailPoint);
    const reply = connection.run(this.filled(command) as Doc).catch((error: unknown) => error as Error);
    const pending: Pending = { reply, settled: false, command: Object.keys(command)[0] ?? '' };
    void reply.then(() => {
      pending.settled = true;
    });
    return pending;
  }

  private async checkPending(name: string, afterMs: number): Promise<string[]> {
    await sleep(afterMs);
    return this.pending.get(name)?.settled === false ? [] : [`${name} has been answered already`];
  }

  private async check(step: Step, pending: Pending | undefined): Promise<string[]> {
    if (pending === undefined) return ['nothing was sent under that name'];
    const actual = await answerInTime(pending.reply);
    if (actual instanceof Error) return step.reply === undefined ? [] : [actual.message];
    this.lastAnswer = shortAnswer(actual);
    if (step.reply === undefined) return [];
    const { only, ignore = [], asSet = [] } = step;
    return compareReplies({
      expected: step.reply,
      actual,
      command: pending.command,
      only,
      ignore,
      asSet,
      captures: this.captures,
    });
  }

  private filled(value: Value): Value {
    if (isArray(value)) return value.map((item) => this.filled(item));
    if (!isDoc(value)) return value;
    if (typeof value.$session === 'string') return this.session(value.$session);
    if (typeof value.$capture === 'string') return this.captures.get(value.$capture);
    const result: Doc = {};
    for (const key of Object.keys(value)) setField(result, key, this.filled(value[key]));
    return result;
  }

  private session(label: string): Doc {
    let session = this.sessions.get(label);
    if (session === undefined) {
      session = { id: new Binary(new UUID().buffer, Binary.SUBTYPE_UUID) };
      this.sessions.set(label, session);
    }
    return session;
  }
}

async function answerInTime(reply: Promise<Doc | Error>): Promise<Doc | Error> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Error>((resolve) => {
    timer = setTimeout(() => resolve(new Error(`no answer within ${waitMsMax} ms`)), waitMsMax);
  });
  return Promise.race([reply, late]).finally(() => clearTimeout(timer));
}

function shortAnswer(reply: Doc): ShortAnswer {
  const [failed] = isArray(reply.writeErrors) ? reply.writeErrors : [];
  const code = isDoc(failed) ? failed.code : reply.code;
  return code === undefined ? 'ok' : toNumber(code);
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
