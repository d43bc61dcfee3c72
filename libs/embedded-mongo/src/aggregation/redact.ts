// `$redact`: keeps, prunes or looks into each level of a document.
import { ServerError } from '../errors.ts';
import { type Doc, isArray, isDoc, setField, type Value } from '../values/types.ts';
import { environmentOf } from './environment.ts';
import { compileWith } from './expression.ts';
import type { MakeStage } from './stage.ts';

export const redact: MakeStage = (argument, { scope }) => {
  const decide = compileWith(argument, new Set(Object.keys(scope.variables ?? {})));
  const level = (doc: Doc, root: Doc): Doc | undefined => {
    const verdict = decide(environmentOf(root, { ...scope, variables: { ...scope.variables, CURRENT: doc } }));
    if (verdict === 'KEEP') return doc;
    if (verdict === 'PRUNE') return undefined;
    if (verdict !== 'DESCEND')
      throw new ServerError(
        17053,
        "$redact's expression should not return anything aside from the variables $$KEEP, $$DESCEND, and $$PRUNE",
      );
    const result: Doc = {};
    for (const key of Object.keys(doc)) {
      const value = inside(doc[key], root);
      if (value !== undefined) setField(result, key, value);
    }
    return result;
  };
  const inside = (value: Value, root: Doc): Value => {
    if (isArray(value)) return value.map((item) => inside(item, root)).filter((item) => item !== undefined);
    return isDoc(value) ? level(value, root) : value;
  };
  return function* (input) {
    for (const doc of input) {
      const kept = level(doc, doc);
      if (kept !== undefined) yield kept;
    }
  };
};
