// Finds the session and the transaction a command belongs to, from its lsid, txnNumber, autocommit, startTransaction.

import type { Command, Operation } from '../commands/operation.ts';
import { ServerError } from '../errors.ts';
import { bigOf } from '../values/arithmetic.ts';
import { type Doc, isDoc, isNumber, typeOf } from '../values/types.ts';
import type { Session } from './sessions.ts';

const reads = new Set(['find', 'getMore', 'killCursors', 'aggregate', 'distinct']);
const endings = new Set(['commitTransaction', 'abortTransaction']);

/** Throws for faulty fields, 263 for commands not allowed inside, 225, 251, 256 and 117 by the state of the session. */
export function enterTransaction(operation: Operation, command: Command): void {
  const fields = fieldsOf(operation);
  if (fields.lsid === null) {
    if (fields.number !== null)
      throw new ServerError(72, 'Transaction number requires a session ID to also be specified');
    return;
  }
  if (!fields.inside) {
    operation.session = operation.server.sessions.get(fields.lsid, operation.now.getTime());
    if (fields.number !== null) enterRetryable(operation, operation.session, fields.number, command);
    return;
  }
  checkInside(operation, command);
  const session = operation.server.sessions.get(fields.lsid, operation.now.getTime());
  operation.session = session;
  if (fields.start && command.notFirst) {
    throw new ServerError(
      263,
      `Cannot run '${operation.name}' as the first operation in a multi-document transaction.`,
    );
  }
  if (fields.start) start(operation, session, fields.number);
  else resume(operation, session, fields.number);
}

type Fields =
  | { lsid: Doc | null; number: bigint; inside: true; start: boolean }
  | { lsid: Doc | null; number: bigint | null; inside: false; start: false };

function fieldsOf({ command }: Operation): Fields {
  const { lsid, txnNumber, autocommit, startTransaction } = command;
  if (lsid !== undefined && !isDoc(lsid))
    throw new ServerError(14, "BSON field 'lsid' is the wrong type, expected type 'object'");
  const session = isDoc(lsid) ? lsid : null;
  if (session !== null && session.id === undefined)
    throw new ServerError(40414, "BSON field 'OperationSessionInfo.id' is missing but a required field");
  if (txnNumber !== undefined && (!isNumber(txnNumber) || typeOf(txnNumber) !== 'long'))
    throw new ServerError(14, "BSON field 'OperationSessionInfo.txnNumber' is the wrong type, expected type 'long'");
  const number = txnNumber === undefined ? null : bigOf(txnNumber);
  if (number !== null && number < 0n) throw new ServerError(72, 'Transaction number cannot be negative');
  if (autocommit === undefined) {
    if (startTransaction !== undefined)
      throw new ServerError(72, 'Specifying startTransaction=true requires autocommit=false');
    return { lsid: session, number, inside: false, start: false };
  }
  if (autocommit !== false) throw new ServerError(72, 'Specifying autocommit=true is not allowed.');
  if (number === null)
    throw new ServerError(72, "'autocommit' field requires a transaction number to also be specified");
  if (startTransaction !== undefined && typeof startTransaction !== 'boolean') {
    throw new ServerError(
      14,
      "BSON field 'OperationSessionInfo.startTransaction' is the wrong type, expected type 'bool'",
    );
  }
  if (startTransaction === false) throw new ServerError(72, 'Specifying startTransaction=false is not allowed.');
  return { lsid: session, number, inside: true, start: startTransaction === true };
}

function checkInside({ name, command, database }: Operation, { inTransaction }: Command): void {
  if (inTransaction === 'refused') throw new ServerError(263, `Cannot run '${name}' in a multi-document transaction.`);
  if (endings.has(name)) {
    if (database !== 'admin') throw new ServerError(13, `${name} may only be run against the admin database.`);
    return;
  }
  if (['config', 'local'].includes(database) || (database === 'admin' && !reads.has(name))) {
    throw new ServerError(263, `Cannot run command against the '${database}' database in a transaction.`);
  }
  if (command.writeConcern !== undefined)
    throw new ServerError(72, `writeConcern is not allowed within a multi-statement transaction`);
}

function enterRetryable(operation: Operation, session: Session, number: bigint, command: Command): void {
  if (!command.retryable)
    throw new ServerError(
      50768,
      `txnNumber may only be provided for multi-document transactions and retryable write commands. autocommit:false was not provided, and ${operation.name} is not a retryable write command.`,
    );
  if (number < session.number) throw tooOld(session, number);
  if (number > session.number) operation.server.sessions.supersede(session, number, 'retryable');
  else if (session.phase !== 'retryable') {
    throw new ServerError(217, 'Cannot retry a retryable write that has been converted into a transaction');
  }
  operation.retryNumber = number;
}

const tooOld = (session: Session, number: bigint): ServerError =>
  new ServerError(
    225,
    `Cannot start transaction ${number} because a newer transaction ${session.number} has already started.`,
  );

function start(operation: Operation, session: Session, number: bigint): void {
  if (number < session.number) throw tooOld(session, number);
  if (number === session.number)
    throw new ServerError(
      117,
      `Cannot start a transaction at given transaction number ${number} a transaction with the same number is in state ${session.phase}`,
    );
  operation.explicit = operation.server.sessions.begin(session, number, operation.now.getTime());
}

function resume(operation: Operation, session: Session, number: bigint): void {
  if (operation.command.readConcern !== undefined)
    throw new ServerError(72, 'Only the first command in a transaction may specify a readConcern');
  if (number < session.number) throw tooOld(session, number);
  if (number > session.number || session.phase === 'retryable' || session.phase === 'none')
    throw missing(
      `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${session.number}`,
    );
  if (session.phase === 'aborted') throw missing(`Transaction with { txnNumber: ${number} } has been aborted.`);
  if (session.phase === 'committed' && !endings.has(operation.name))
    throw new ServerError(256, `Transaction with { txnNumber: ${number} } has been committed.`);
  operation.explicit = session.transaction;
}

function missing(message: string): ServerError {
  const error = new ServerError(251, message);
  error.labels = ['TransientTransactionError'];
  return error;
}
