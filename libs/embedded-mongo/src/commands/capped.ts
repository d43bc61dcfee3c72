// Capped collections: the oldest documents go when a new one would not fit. Their order is that of insertion.
import { calculateObjectSize } from 'bson';
import { badValue, ServerError } from '../errors.ts';
import type { Collection } from '../storage/collection.ts';
import { type Doc, isNumber, toNumber } from '../values/types.ts';
import type { Operation } from './operation.ts';

const sizeMax = 2 ** 50;

export function checkCapped({ size, max }: Doc): void {
  if (size === undefined) throw new ServerError(72, "the 'size' field is required when 'capped' is true");
  if (!isNumber(size)) throw new ServerError(14, "BSON field 'create.size' is the wrong type, expected a number");
  if (toNumber(size) < 1 || toNumber(size) > sizeMax) throw badValue(`BSON field 'size' must be from 1 to ${sizeMax}`);
  if (max !== undefined && !isNumber(max))
    throw new ServerError(14, "BSON field 'create.max' is the wrong type, expected a number");
}

export const isCapped = ({ options }: Collection): boolean => options.capped === true;

/** Throws where a client's transaction would write to a capped collection: real servers refuse it, too. */
export function refuseCappedInside(operation: Operation, collection: Collection): void {
  if (operation.explicit === null || !isCapped(collection)) return;
  throw new ServerError(
    263,
    `Collection '${collection.namespace}' is a capped collection. Writes in transactions are not allowed on capped collections.`,
  );
}

/** After an insert: deletes from the oldest on until the rest is within its size and number. */
export function keepWithin(operation: Operation, collection: Collection): void {
  if (!isCapped(collection)) return;
  const { size, max } = collection.options;
  const bytesMax = toNumber(size);
  const countMax = isNumber(max) && toNumber(max) > 0 ? toNumber(max) : Number.POSITIVE_INFINITY;
  collection.bytes ??= bytesOf(collection);
  for (const slot of collection.slots) {
    const fits = collection.bytes <= bytesMax && collection.count <= countMax;
    if (fits || collection.count === 1) return;
    // No client's transaction writes here, so nobody can hold the slot.
    if (slot.newest?.doc) collection.write(slot, null, operation.writer);
  }
}

function bytesOf(collection: Collection): number {
  let bytes = 0;
  for (const { newest } of collection.slots) if (newest?.doc) bytes += calculateObjectSize(newest.doc);
  return bytes;
}
