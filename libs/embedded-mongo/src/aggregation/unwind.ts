// `$unwind`: one document for each element of an array.
import { Long } from 'bson';
import { ServerError } from '../errors.ts';
import { getDirect } from '../values/paths.ts';
import { type Doc, isArray, isDoc, isNullish, setField, type Value } from '../values/types.ts';
import type { MakeStage } from './stage.ts';

export const unwind: MakeStage = (argument) => {
  const { path, index, preserve } = parse(argument);
  const parts = path.slice(1).split('.');
  return function* (input) {
    for (const doc of input) {
      const value = getDirect(doc, parts);
      if (isArray(value) && value.length > 0) {
        for (const [at, item] of value.entries())
          yield withIndex(replaced(doc, parts, item), index, Long.fromNumber(at));
      } else if (!isArray(value) && !isNullish(value)) yield withIndex(doc, index, null);
      else if (preserve) yield withIndex(isArray(value) ? replaced(doc, parts, undefined) : doc, index, null);
    }
  };
};

type Parsed = { path: string; index: string | null; preserve: boolean };

function parse(argument: Value): Parsed {
  const given = isDoc(argument) ? argument : { path: argument };
  if (!isDoc(argument) && typeof argument !== 'string')
    throw new ServerError(15981, 'expected either a string or an object as specification for $unwind stage');
  for (const key of Object.keys(given)) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(key))
      throw new ServerError(28811, `unrecognized option to $unwind stage: ${key}`);
  }
  const path = given.path;
  if (path === undefined) throw new ServerError(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string') throw new ServerError(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw new ServerError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const index = (given as Doc).includeArrayIndex ?? null;
  if (index !== null && (typeof index !== 'string' || index === ''))
    throw new ServerError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  if (typeof index === 'string' && index.startsWith('$'))
    throw new ServerError(28822, "includeArrayIndex option to $unwind stage should not be prefixed with a '$'");
  const preserve = (given as Doc).preserveNullAndEmptyArrays ?? false;
  if (typeof preserve !== 'boolean')
    throw new ServerError(28809, 'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage');
  return { path, index, preserve };
}

function replaced(doc: Doc, parts: readonly string[], value: Value): Doc {
  const [name = '', ...rest] = parts;
  const copy = { ...doc };
  const next = rest.length === 0 ? value : replaced((isDoc(doc[name]) ? doc[name] : {}) as Doc, rest, value);
  if (next === undefined) delete copy[name];
  else setField(copy, name, next);
  return copy;
}

function withIndex(doc: Doc, index: string | null, at: Value): Doc {
  return index === null ? doc : replaced(doc, index.split('.'), at);
}
