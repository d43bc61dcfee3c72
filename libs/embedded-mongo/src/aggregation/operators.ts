// All expression operators by name.

import type { MakeExpression } from './environment.ts';
import { arithmeticOperators } from './operators/arithmetic.ts';
import { arrayOperators } from './operators/arrays.ts';
import { conversionOperators } from './operators/conversion.ts';
import { dateOperators } from './operators/dates.ts';
import { logicOperators } from './operators/logic.ts';
import { objectOperators } from './operators/objects.ts';
import { setOperators } from './operators/sets.ts';
import { stringOperators } from './operators/strings.ts';

export const operators: Readonly<Record<string, MakeExpression>> = {
  ...arithmeticOperators,
  ...arrayOperators,
  ...conversionOperators,
  ...dateOperators,
  ...logicOperators,
  ...objectOperators,
  ...setOperators,
  ...stringOperators,
};
