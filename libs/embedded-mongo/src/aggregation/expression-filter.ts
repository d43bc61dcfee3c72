// `$expr`: an aggregation expression as a filter.
import type { FilterScope, Predicate } from '../query/filter.ts';
import type { Value } from '../values/types.ts';
import { environmentOf } from './environment.ts';
import { compileWith } from './expression.ts';
import { truthy } from './operators/logic.ts';

export function compileExpressionFilter(argument: Value, scope: FilterScope): Predicate {
  const variables = scope.variables ?? {};
  const expression = compileWith(argument, new Set(Object.keys(variables)));
  return (doc) => truthy(expression(environmentOf(doc, scope)));
}
