// How the project's own scenarios are written: a script of commands and the answers they must have, in the form that
// the replayer plays, so that they can be played against a real server as well.
import { Long } from 'bson';
import { codeNameOf } from '../../errors.ts';
import type { Doc } from '../../values/types.ts';
import type { Scenario, Step } from '../scenario.ts';

type Draft = { -readonly [K in keyof Step]: Step[K] };

/** What must be answered to the command just written; without a word it only has to be answered. */
export class Asked {
  private readonly step: Draft;
  private readonly namespace: string;

  constructor(step: Draft, namespace: string) {
    this.step = step;
    this.namespace = namespace;
  }

  answers(reply: Doc = {}): void {
    this.step.reply = { ok: 1, ...reply };
  }

  /** Only these fields of the reply count. */
  answersOnly(reply: Doc): void {
    this.step.reply = reply;
    this.step.only = Object.keys(reply);
  }

  finds(...docs: Doc[]): void {
    this.answers({ cursor: { firstBatch: docs, id: Long.ZERO, ns: this.namespace } });
  }

  fails(code: number, ...labels: string[]): void {
    this.step.reply = {
      ok: 0,
      errmsg: 'some words',
      code,
      codeName: codeNameOf(code),
      ...(labels.length > 0 ? { errorLabels: labels } : {}),
    };
  }

  conflicts(): void {
    this.fails(112, 'TransientTransactionError');
  }

  /** One statement of the batch fails; the command itself is well. */
  failsStatement(index: number, code: number, counts: Doc): void {
    this.answers({ writeErrors: [{ index, code, errmsg: 'some words' }], ...counts });
  }

  isDuplicate({ index = 0, ...counts }: Doc, keyPattern: Doc, keyValue: Doc): void {
    this.answers({ writeErrors: [{ index, code: 11000, errmsg: 'some words', keyPattern, keyValue }], ...counts });
  }
}

export class Script {
  readonly steps: Draft[] = [];
  readonly db: string;

  constructor(db: string) {
    this.db = db;
  }

  /** A command outside of any session. */
  plain(command: Doc): Asked {
    return this.ask('plain', command);
  }

  session(label: string): ScriptSession {
    return new ScriptSession(this, label);
  }

  /** Sends a command that is expected to wait. */
  sends(name: string, command: Doc): void {
    this.steps.push({ on: name, send: name, cmd: { ...command, $db: command.$db ?? this.db } });
  }

  stillWaits(name: string, afterMs = 100): void {
    this.steps.push({ stillPending: name, afterMs });
  }

  receives(name: string, command: Doc = {}): Asked {
    return this.push({ recv: name }, command);
  }

  ask(on: string, command: Doc): Asked {
    return this.push({ on, cmd: { ...command, $db: command.$db ?? this.db } }, command);
  }

  private push(step: Draft, command: Doc): Asked {
    this.steps.push(step);
    return new Asked(step, `${this.db}.${String(command[Object.keys(command)[0] ?? ''] ?? '')}`);
  }
}

/** A client's session: commands in a transaction, its end, and writes that may be sent again. */
class ScriptSession {
  private readonly script: Script;
  private readonly label: string;
  private number = 0;
  private begins = false;

  constructor(script: Script, label: string) {
    this.script = script;
    this.label = label;
  }

  /** The next command begins a transaction. */
  begin(): this {
    this.number += 1;
    this.begins = true;
    return this;
  }

  run(command: Doc): Asked {
    const start = this.begins ? { startTransaction: true } : {};
    this.begins = false;
    return this.script.ask(this.label, { ...command, ...this.fields(this.number), autocommit: false, ...start });
  }

  commit(command: Doc = {}): Asked {
    return this.run({ commitTransaction: 1, ...command, $db: 'admin' });
  }

  abort(): Asked {
    return this.run({ abortTransaction: 1, $db: 'admin' });
  }

  /** A write with a number of its own, outside of a transaction. */
  write(command: Doc): Asked {
    this.number += 1;
    return this.writeAgain(command);
  }

  /** A write under the number of the one before. */
  writeAgain(command: Doc): Asked {
    return this.script.ask(this.label, { ...command, ...this.fields(this.number) });
  }

  private fields(number: number): Doc {
    return { lsid: { $session: this.label }, txnNumber: Long.fromNumber(number) };
  }
}

export function scenario(name: string, about: string, write: (script: Script) => void): Scenario {
  const script = new Script(`own_${name.replaceAll('-', '_')}`);
  write(script);
  return { name, about, db: script.db, steps: script.steps };
}
