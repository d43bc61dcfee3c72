// Read and write concerns: checked, then met by the nature of the server (one node, commits in order).
import { failedToParse, ServerError } from '../errors.ts';
import { type Doc, isDoc, isNumber, toNumber, typeOf } from '../values/types.ts';
import type { Operation } from './operation.ts';

const levels = ['local', 'majority', 'linearizable', 'available', 'snapshot'];
const readFields = new Set(['level', 'afterClusterTime', 'atClusterTime', 'provenance']);
const writeFields = new Set(['w', 'j', 'wtimeout', 'fsync', 'provenance']);
const transactionLevels = ['local', 'majority', 'snapshot'];

export function checkConcerns({ command }: Operation): void {
  const { readConcern, writeConcern } = command;
  if (readConcern !== undefined) checkRead(readConcern, command);
  if (writeConcern !== undefined) checkWrite(writeConcern);
}

function checkRead(concern: unknown, command: Doc): void {
  if (!isDoc(concern)) throw new ServerError(14, "BSON field 'readConcern' is the wrong type, expected type 'object'");
  for (const key of Object.keys(concern))
    if (!readFields.has(key)) throw new ServerError(40415, `BSON field 'readConcern.${key}' is an unknown field.`);
  const { level } = concern;
  if (level !== undefined && typeof level !== 'string')
    throw new ServerError(14, "BSON field 'readConcern.level' is the wrong type, expected type 'string'");
  if (level !== undefined && !levels.includes(level))
    throw new ServerError(2, `Enumeration value '${level}' for field 'readConcern.level' is not a valid value.`);
  if (command.autocommit === false && level !== undefined && !transactionLevels.includes(level)) {
    throw new ServerError(
      72,
      "The readConcern level must be either 'local' (default), 'majority' or 'snapshot' in order to run in a transaction",
    );
  }
}

function checkWrite(concern: unknown): void {
  if (!isDoc(concern)) throw new ServerError(14, "BSON field 'writeConcern' is the wrong type, expected type 'object'");
  for (const key of Object.keys(concern))
    if (!writeFields.has(key)) throw new ServerError(40415, `BSON field 'writeConcern.${key}' is an unknown field.`);
  const { w, j } = concern;
  if (w !== undefined && typeof w !== 'string' && !isNumber(w))
    throw failedToParse(`w has to be a number or a string, found: ${typeOf(w)}`);
  if (isNumber(w) && (toNumber(w) < 0 || toNumber(w) > 50))
    throw failedToParse('w has to be a non-negative number and not greater than 50');
  if (j !== undefined && typeof j !== 'boolean' && !isNumber(j))
    throw failedToParse('j must be numeric or a boolean value');
}

/** What one node cannot promise. The write itself has been done. */
export function writeConcernError({ command }: Operation): Doc | null {
  const concern = command.writeConcern;
  if (!isDoc(concern)) return null;
  const { w } = concern;
  if (isNumber(w) && toNumber(w) > 1)
    return { code: 100, codeName: 'UnsatisfiableWriteConcern', errmsg: 'Not enough data-bearing nodes' };
  if (typeof w === 'string' && w !== 'majority')
    return {
      code: 79,
      codeName: 'UnknownReplWriteConcern',
      errmsg: `No write concern mode named '${w}' found in replica set configuration`,
    };
  return null;
}
