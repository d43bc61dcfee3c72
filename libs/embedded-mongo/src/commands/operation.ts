// One command being executed: its database, session and transaction, and how its writes wait for others.
import { ServerError } from '../errors.ts';
import type { FilterScope } from '../query/filter.ts';
import type { Collection } from '../storage/collection.ts';
import { Conflict, type Transaction } from '../storage/transaction.ts';
import { latestCommitted, type View } from '../storage/version.ts';
import type { Session } from '../transactions/sessions.ts';
import { type Doc, isNumber, toNumber, type Value } from '../values/types.ts';
import type { ServerState } from './server-state.ts';
import type { Snapshot } from './snapshot-reads.ts';

/** Work that may have to wait: it yields the transaction whose end it waits for. */
export type Work<T> = Generator<Transaction, T, void>;

export type Command = {
  /** The fields the command knows, beside those every command has. */
  readonly fields: readonly string[];
  readonly inTransaction: 'allowed' | 'refused';
  readonly retryable?: true;
  /** Not allowed as the first statement of a transaction. */
  readonly notFirst?: true;
  /** Only against the database admin. */
  readonly adminOnly?: true;
  /** Checks that come before the transaction is entered, so that their failure does not end it. */
  readonly check?: (operation: Operation) => void;
  readonly run: (operation: Operation) => Doc | Work<Doc>;
};

type Parts = {
  readonly server: ServerState;
  readonly name: string;
  readonly command: Doc;
  readonly connectionId: number;
};

export class Operation {
  readonly server: ServerState;
  readonly name: string;
  readonly command: Doc;
  readonly connectionId: number;
  readonly database: string;
  readonly now = new Date();
  readonly scope: FilterScope;
  session: Session | null = null;
  /** The client's transaction this command is part of. */
  explicit: Transaction | null = null;
  /** The number of a retryable write. */
  retryNumber: bigint | null = null;
  /** Whether a statement has done something that its retry must not do again. */
  remembered = false;
  /** What a snapshot read outside of a transaction sees. */
  snapshot: Snapshot | null = null;
  private implicit: Transaction | null = null;

  constructor({ server, name, command, connectionId }: Parts) {
    this.server = server;
    this.name = name;
    this.command = command;
    this.connectionId = connectionId;
    this.database = String(command.$db ?? 'admin');
    this.scope = { now: this.now };
  }

  /** What the command reads: its transaction's snapshot, or the latest with its own writes. */
  get view(): View {
    return this.explicit ?? this.implicit ?? this.snapshot?.view ?? latestCommitted;
  }

  get writer(): Transaction {
    if (this.explicit !== null) return this.explicit;
    this.implicit ??= this.server.engine.begin('implicit');
    return this.implicit;
  }

  /** Makes what a plain command has written so far visible. Nothing happens inside a client's transaction. */
  settle(): void {
    if (this.implicit === null) return;
    const done = this.implicit;
    this.implicit = null;
    this.server.engine.commit(done);
  }

  /** A conflict fails a client's transaction at once; a plain write waits until the other has ended. */
  *blocked(error: unknown): Work<void> {
    if (!(error instanceof Conflict)) throw error;
    if (this.explicit !== null) throw writeConflict();
    this.settle();
    if (error.holder !== null) yield error.holder;
  }

  /** Keeps what a statement of a retryable write did, together with its changes. */
  remember(id: number, result: Doc): void {
    const { session, retryNumber } = this;
    if (session === null || retryNumber === null) return;
    session.results.set(id, result);
    this.remembered = true;
    const { writer } = this;
    writer.session ??= { lsid: session.lsid, number: retryNumber, phase: 'retryable', results: [] };
    writer.session.results.push({ id, result });
  }

  /** The collection of that name as this command sees it. */
  collection(name: string): Collection | null {
    const collection = this.server.engine.find(`${this.database}.${name}`, this.view);
    if (collection === null) return collection;
    const known = this.explicit?.touched.has(collection) === true;
    if (collection.createdTick > (this.explicit ?? this.snapshot?.view ?? latestCommitted).tick && !known) {
      throw new ServerError(
        246,
        `Unable to read from a snapshot due to pending collection catalog changes; please retry the operation. Collection ${collection.namespace}`,
      );
    }
    this.explicit?.touch(collection);
    return collection;
  }

  /** Milliseconds the command may take; null without limit. */
  get maxTimeMs(): number | null {
    const value = this.command.maxTimeMS;
    if (value === undefined) return null;
    if (!isNumber(value)) throw new ServerError(2, 'maxTimeMS must be a number');
    const limit = toNumber(value);
    if (!Number.isInteger(limit)) throw new ServerError(2, 'maxTimeMS has non-integral value');
    if (limit < 0 || limit > 0x7fffffff) throw new ServerError(2, 'maxTimeMS is out of range');
    return limit === 0 ? null : limit;
  }

  /** The name of the command's collection: its first value. */
  get target(): string {
    const name = this.command[Object.keys(this.command)[0] as string];
    if (typeof name !== 'string') throw new ServerError(73, `collection name has invalid type ${typeof name}`);
    checkName(name, this.database);
    return name;
  }
}

function checkName(name: string, database: string): void {
  if (
    name === '' ||
    name.startsWith('.') ||
    name.includes('\u0000') ||
    (name.includes('$') && !name.startsWith('$cmd'))
  ) {
    throw new ServerError(73, `Invalid namespace specified '${database}.${name}'`);
  }
}

export const writeConflict = (): ServerError =>
  new ServerError(
    112,
    'WriteConflict error: this operation conflicted with another operation. Please retry your operation or multi-document transaction.',
  );

export const isWork = (value: Doc | Work<Doc>): value is Work<Doc> =>
  typeof (value as { next?: unknown }).next === 'function';

export function optionalDoc(command: Doc, field: string): Doc {
  const value = command[field];
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value))
    throw new ServerError(14, `BSON field '${field}' is the wrong type, expected type 'object'`);
  return value as Doc;
}

export function optionalNumber(command: Doc, field: string): number | null {
  const value = command[field];
  if (value === undefined || value === null) return null;
  if (!isNumber(value)) throw new ServerError(14, `BSON field '${field}' is the wrong type, expected a number`);
  return toNumber(value);
}

export const isTrueFlag = (value: Value): boolean => value === true || (isNumber(value) && toNumber(value) !== 0);
