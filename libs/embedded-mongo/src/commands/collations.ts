// Which collation a command or statement works under: its own, else that of its collection or view.
import { ServerError } from '../errors.ts';
import type { Collection } from '../storage/collection.ts';
import { type Collation, parseCollation, sameCollation } from '../values/collation.ts';
import { isDoc, type Value } from '../values/types.ts';

/** Throws where the collation is not well formed, or is another than that of a view. */
export function collationFor(given: Value, collection: Collection | null): Collation | null {
  const own = collection?.collation ?? null;
  if (given === undefined || (isDoc(given) && Object.keys(given).length === 0)) return own;
  const asked = parseCollation(given);
  if (collection?.options.viewOn !== undefined && !sameCollation(asked, own))
    throw new ServerError(167, `Cannot override a view's default collation: ${collection.namespace}`);
  return asked;
}
