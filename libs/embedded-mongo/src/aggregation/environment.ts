// What expressions are made of: the environment they are evaluated in, and the compiler operators are given.
import type { FilterScope } from '../query/filter.ts';
import type { Collation } from '../values/collation.ts';
import type { Value } from '../values/types.ts';

export type Environment = {
  readonly root: Value;
  readonly now: Date;
  readonly variables: Readonly<Record<string, Value>>;
  /** How strings compare; null: by their bytes. */
  readonly collation: Collation | null;
};
export const environmentOf = (root: Value, { now, variables = {}, collation = null }: FilterScope): Environment => ({
  root,
  now,
  variables,
  collation,
});

export type Expression = (environment: Environment) => Value;

/** Names of variables that may be used, beside the system's own. */
export type Names = ReadonlySet<string>;

/** The compiler handed to operators; `within` compiles with more variables known. */
export type Compiler = {
  readonly names: Names;
  (value: Value): Expression;
  within(names: readonly string[]): Compiler;
};

export type MakeExpression = (argument: Value, compile: Compiler) => Expression;

/** An expression that is the same for all documents. */
export const constant =
  (value: Value): Expression =>
  () =>
    value;
