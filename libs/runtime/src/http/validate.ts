// Parse at the edge: a value that passes is trusted inside, one that does not names every wrong field.
import type { z } from 'zod';
import { type FieldProblem, ProblemError } from './problem.ts';

/** The parsed value. Throws ProblemError invalid_request with every wrong field; `where` prefixes their names. */
export function parseOrRefuse<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: 'path' | 'query' | 'body',
): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ProblemError('invalid_request', { fields: parsed.error.issues.flatMap((issue) => fieldsOf(issue, where)) });
}

function fieldsOf(issue: z.core.$ZodIssue, where: string): FieldProblem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: name(where, [...path, key]), message: 'this field is not known here' }));
  }
  if (issue.code === 'invalid_union')
    return deepest(issue).flatMap((inner) => fieldsOf({ ...inner, path: [...issue.path, ...inner.path] }, where));
  return [{ field: name(where, path), message: issue.message }];
}

/** Of a union's branches, the one that came furthest tells most about what was meant. */
function deepest(issue: z.core.$ZodIssueInvalidUnion): readonly z.core.$ZodIssue[] {
  const branches = [...issue.errors].sort((a, b) => a.length - b.length);
  return branches[0] ?? [];
}

function name(where: string, path: readonly string[]): string {
  if (path.length === 0) return where;
  return where === 'body' ? path.join('.') : `${where}.${path.join('.')}`;
}
