// The variables a command gives to its expressions with `let`: each is an expression of its own, without a document.
import { compileWith } from '../aggregation/expression.ts';
import type { Doc } from '../values/types.ts';
import { type Operation, optionalDoc } from './operation.ts';

export function letVariables({ command, now }: Operation): Doc {
  const given = optionalDoc(command, 'let');
  const variables: Doc = {};
  for (const name of Object.keys(given))
    variables[name] = compileWith(given[name])({ root: {}, now, variables: {}, collation: null });
  return variables;
}
