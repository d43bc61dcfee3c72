// getMore and killCursors.
import { Long } from 'bson';
import { ServerError } from '../errors.ts';
import { fromNumber } from '../values/arithmetic.ts';
import { isArray, isNumber, toNumber, type Value } from '../values/types.ts';
import { type Command, optionalNumber } from './operation.ts';

const longOf = (value: Value): Long => {
  if (value instanceof Long) return value;
  if (!isNumber(value)) throw new ServerError(14, "Field 'getMore' must be of type long");
  return Long.fromNumber(toNumber(fromNumber(toNumber(value))));
};

export const getMore: Command = {
  notFirst: true,
  fields: ['getMore', 'collection', 'batchSize', 'term', 'lastKnownCommittedOpTime'],
  inTransaction: 'allowed',
  run: (operation) => {
    const { command, server } = operation;
    const id = longOf(command.getMore);
    const { collection } = command;
    if (typeof collection !== 'string')
      throw new ServerError(
        collection === undefined ? 40414 : 14,
        "BSON field 'getMore.collection' is missing or of the wrong type",
      );
    if (command.maxTimeMS !== undefined) {
      throw new ServerError(2, 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
    }
    const batchSize = optionalNumber(command, 'batchSize');
    if (batchSize !== null && batchSize < 0)
      throw new ServerError(51024, `BSON field 'batchSize' value must be >= 0, actual value '${batchSize}'`);
    const cursor = server.cursors.find(id);
    if (cursor.namespace !== `${operation.database}.${collection}`)
      throw new ServerError(
        13,
        `Requested getMore on namespace '${operation.database}.${collection}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    checkOwner(operation.session?.id ?? null, cursor.sessionId);
    const number = operation.explicit === null ? null : (operation.session?.number ?? null);
    if (cursor.transactionNumber !== number) {
      throw new ServerError(
        cursor.transactionNumber === null ? 50739 : number === null ? 50740 : 50741,
        'a cursor is only of use in the transaction it was opened in, or outside if it was opened outside',
      );
    }
    return { cursor: server.cursors.next(cursor, batchSize, operation.now.getTime()), ok: 1 };
  },
};

function checkOwner(asking: string | null, owner: string | null): void {
  if (asking === owner) return;
  if (owner === null)
    throw new ServerError(50736, 'Cannot run getMore on cursor, which was not created in a session, in a session');
  if (asking === null)
    throw new ServerError(50737, 'Cannot run getMore on cursor, which was created in a session, without an lsid');
  throw new ServerError(50738, 'Cannot run getMore on cursor, which was created in another session');
}

export const killCursors: Command = {
  notFirst: true,
  fields: ['killCursors', 'cursors'],
  inTransaction: 'allowed',
  run: (operation) => {
    const { command, server } = operation;
    const ids = command.cursors;
    if (!isArray(ids))
      throw new ServerError(
        ids === undefined ? 40414 : 14,
        "BSON field 'killCursors.cursors' is missing or of the wrong type",
      );
    if (ids.length === 0) throw new ServerError(2, 'Must specify at least one cursor id in: killCursors');
    const [killed, unknown]: [Long[], Long[]] = [[], []];
    for (const id of ids.map(longOf)) (server.cursors.kill(id) ? killed : unknown).push(id);
    return { cursorsKilled: killed, cursorsNotFound: unknown, cursorsAlive: [], cursorsUnknown: [], ok: 1 };
  },
};
