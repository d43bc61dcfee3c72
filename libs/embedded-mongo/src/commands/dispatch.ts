// Runs one command from its document to its reply: look-up, fail points, session, execution, errors.
import { ServerError } from '../errors.ts';
import type { Transaction } from '../storage/transaction.ts';
import { Conflict } from '../storage/transaction.ts';
import { enterTransaction } from '../transactions/enter.ts';
import { type Doc, isDoc } from '../values/types.ts';
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

export async function runCommand(server: ServerState, connection: Connection, command: Doc): Promise<Answer> {
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
    checkFields(known.name, known.command, command);
    checkConcerns(operation);
    if (failure?.error) throw failure.error;
    enterTransaction(operation, known.command);
    const reply = await execute(operation, known.command);
    const concern = failure?.writeConcernError ?? writeConcernError(operation);
    return { reply: concern === null ? reply : { ...reply, writeConcernError: concern } };
  } catch (error) {
    return { reply: failed(operation, error) };
  }
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
  const maxTimeMs = operation.maxTimeMs;
  const result = command.run(operation);
  try {
    return isWork(result)
      ? await drive(result, operation.now.getTime() + (maxTimeMs ?? Number.POSITIVE_INFINITY))
      : result;
  } finally {
    operation.settle();
  }
}

async function drive(work: Work<Doc>, deadlineMs: number): Promise<Doc> {
  let step = work.next();
  while (!step.done) {
    const ended = await endOf(step.value, deadlineMs - Date.now());
    step = ended ? work.next() : work.throw(new ServerError(50, 'operation exceeded time limit'));
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
  if (explicit !== null && [112, 246, 251].includes(error.code))
    error.labels = [...new Set([...error.labels, 'TransientTransactionError'])];
  return errorReply(error);
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
