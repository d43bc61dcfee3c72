// Runs one command from its document to its reply: look-up, fail points, session, execution, errors.
import { Binary, Long } from 'bson';
import { ServerError } from '../errors.ts';
import { underDeadline } from '../query/deadline.ts';
import type { Transaction } from '../storage/transaction.ts';
import { Conflict } from '../storage/transaction.ts';
import { enterTransaction } from '../transactions/enter.ts';
import { type Doc, isDoc, isNumber, toNumber } from '../values/types.ts';
import { checkConcerns, writeConcernError } from './concerns.ts';
import { type Command, isWork, Operation, type Work, writeConflict } from './operation.ts';
import { findCommand } from './registry.ts';
import type { ServerState } from './server-state.ts';

export type Connection = { readonly id: number; appName: string | null; closed: boolean };

/** `hangUp` means that the connection is to be closed without an answer. */
export type Answer = { readonly reply: Doc } | 'hangUp';

const everywhere = new Set([
  '$db',
  'lsid',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'readConcern',
  'writeConcern',
  '$readPreference',
  '$clusterTime',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  '$queryOptions',
  '$audit',
  '$client',
  '$configServerState',
  '$oplogQueryData',
  '$replData',
  'shardVersion',
  'databaseVersion',
  'mayBypassWriteBlocking',
  'maxTimeMSOpOnly',
  'clientOperationKey',
  'rawData',
]);

/** As `answerCommand`, with the logical time that drivers pass on for causal reads. */
export async function runCommand(server: ServerState, connection: Connection, command: Doc): Promise<Answer> {
  const answer = await answerCommand(server, connection, command);
  return answer === 'hangUp' ? answer : { reply: { ...answer.reply, ...logicalTime(server.engine) } };
}

const noSignature = { hash: new Binary(Buffer.alloc(20)), keyId: Long.ZERO };

function logicalTime(engine: ServerState['engine']): Doc {
  const clusterTime = engine.clusterTime(Math.floor(Date.now() / 1000));
  return { $clusterTime: { clusterTime, signature: noSignature }, operationTime: clusterTime };
}

async function answerCommand(server: ServerState, connection: Connection, command: Doc): Promise<Answer> {
  server.counters.commands += 1;
  const given = Object.keys(command)[0] ?? '';
  const known = findCommand(given);
  if (known === null) return { reply: errorReply(new ServerError(59, `no such command: '${given}'`)) };
  rememberClient(connection, command);
  const failure = given === 'configureFailPoint' ? null : server.failPoints.take(known.name, connection.appName);
  if (failure !== null && failure.blockMs > 0) await new Promise((resolve) => setTimeout(resolve, failure.blockMs));
  if (failure?.closeConnection) return 'hangUp';
  const operation = new Operation({ server, name: known.name, command, connectionId: connection.id });
  try {
    if (known.command.adminOnly && operation.database !== 'admin') {
      throw new ServerError(13, `${known.name} may only be run against the admin database.`);
    }
    checkConcerns(operation);
    if (failure?.error) throw failure.error;
    // Faults found before the transaction is entered leave it as it was.
    if (known.command.check) checkFields(known.name, known.command, command);
    known.command.check?.(operation);
    enterTransaction(operation, known.command);
    operation.snapshot = server.snapshots.open(operation);
    if (!known.command.check) checkFields(known.name, known.command, command);
    if (server.failPoints.cuts('before', operation)) return 'hangUp';
    const reply = await execute(operation, known.command);
    if (server.failPoints.cuts('after', operation)) return 'hangUp';
    if (server.journal !== null && waitsForDisk(operation)) await server.journal.durable();
    const concern = failure?.writeConcernError ?? writeConcernError(operation);
    return { reply: concern === null ? reply : withConcernError(operation, reply, concern) };
  } catch (error) {
    return { reply: failed(operation, error) };
  }
}

// Majority, the default, and j mean: on the disk. Reads do not wait.
function waitsForDisk({ command, name }: Operation): boolean {
  if (reading.has(name)) return false;
  const concern = isDoc(command.writeConcern) ? command.writeConcern : {};
  const { w, j } = concern;
  return j === true || !(isNumber(w) && toNumber(w) <= 1);
}

const reading = new Set([
  'find',
  'getMore',
  'count',
  'distinct',
  'hello',
  'isMaster',
  'ping',
  'listIndexes',
  'endSessions',
]);

function withConcernError(operation: Operation, reply: Doc, concern: Doc): Doc {
  const { errorLabels, ...error } = concern;
  const outside = operation.command.autocommit !== false || endings.has(operation.name);
  const retryable = outside && operation.command.txnNumber !== undefined && retryableCodes.has(toNumber(error.code));
  const labels = errorLabels ?? (retryable ? ['RetryableWriteError'] : undefined);
  return { ...reply, writeConcernError: error, ...(labels === undefined ? {} : { errorLabels: labels }) };
}

function rememberClient(connection: Connection, command: Doc): void {
  const { client } = command;
  if (!isDoc(client) || connection.appName !== null) return;
  const { application } = client;
  if (isDoc(application) && typeof application.name === 'string') connection.appName = application.name;
}

function checkFields(name: string, { fields }: Command, command: Doc): void {
  for (const key of Object.keys(command)) {
    if (!everywhere.has(key) && !fields.includes(key))
      throw new ServerError(40415, `BSON field '${name}.${key}' is an unknown field.`);
  }
}

async function execute(operation: Operation, command: Command): Promise<Doc> {
  const deadlineMs = operation.now.getTime() + (operation.maxTimeMs ?? Number.POSITIVE_INFINITY);
  try {
    const result = underDeadline(deadlineMs, () => command.run(operation));
    return isWork(result) ? await drive(result, deadlineMs) : result;
  } finally {
    operation.settle();
  }
}

async function drive(work: Work<Doc>, deadlineMs: number): Promise<Doc> {
  let step = underDeadline(deadlineMs, () => work.next());
  while (!step.done) {
    const ended = await endOf(step.value, deadlineMs - Date.now());
    step = underDeadline(deadlineMs, () =>
      ended ? work.next() : work.throw(new ServerError(50, 'operation exceeded time limit')),
    );
  }
  return step.value;
}

// The longest time a timer can be set to; no transaction lives as long.
const timerMsMax = 0x7fffffff;

function endOf(transaction: Transaction, leftMs: number): Promise<boolean> {
  if (transaction.state !== 'active') return Promise.resolve(true);
  if (leftMs <= 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const timer = Number.isFinite(leftMs) ? setTimeout(() => finish(false), Math.min(leftMs, timerMsMax)) : null;
    const stop = transaction.onEnd(() => finish(true));
    const finish = (ended: boolean): void => {
      if (timer !== null) clearTimeout(timer);
      stop();
      resolve(ended);
    };
  });
}

// Nearly every failed statement ends its transaction; those refused before it was entered do not.
function failed(operation: Operation, thrown: unknown): Doc {
  const error = asServerError(thrown);
  const { session, explicit } = operation;
  if (explicit !== null && session !== null && session.phase === 'active') {
    if (operation.name !== 'commitTransaction') operation.server.sessions.abort(session);
  }
  addLabels(operation, error);
  return errorReply(error);
}

const transientCodes = new Set([24, 112, 246, 251, 267]);
const retryableCodes = new Set([6, 7, 89, 91, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);
const endings = new Set(['commitTransaction', 'abortTransaction']);

// What drivers act upon: a transaction that may be run again, a write or commit that may be sent again.
function addLabels(operation: Operation, error: ServerError): void {
  if (error.labelsGiven) return;
  const inside = operation.command.autocommit === false;
  const ending = endings.has(operation.name);
  const transient = inside && (transientCodes.has(error.code) || (!ending && retryableCodes.has(error.code)));
  const retryable = (operation.command.txnNumber !== undefined && !inside) || (inside && ending);
  const labels = new Set(error.labels);
  if (transient) labels.add('TransientTransactionError');
  if (retryable && retryableCodes.has(error.code)) labels.add('RetryableWriteError');
  error.labels = [...labels];
}

function asServerError(thrown: unknown): ServerError {
  if (thrown instanceof ServerError) return thrown;
  if (thrown instanceof Conflict) return writeConflict();
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new ServerError(1, `internal error of the embedded server: ${text}`);
}

export function errorReply(error: ServerError): Doc {
  const labels = error.labels.length > 0 ? { errorLabels: error.labels } : {};
  return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.extra, ...labels };
}
