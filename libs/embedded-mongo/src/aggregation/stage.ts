// What stages of a pipeline are.
import { ServerError, typeMismatch } from '../errors.ts';
import type { FilterScope } from '../query/filter.ts';
import { type Doc, isDoc, type Value } from '../values/types.ts';

export type Stage = (input: Iterable<Doc>) => Iterable<Doc>;

/** What stages need of the server around them. */
export type PipelineContext = {
  readonly scope: FilterScope;
  /** All documents of another collection of the same database that match, in the same view. */
  readonly read: (collection: string, filter: Doc) => Iterable<Doc>;
  /** Compiles the pipelines inside of stages. */
  readonly compile: (pipeline: readonly Value[], context: PipelineContext) => Stage;
};

export type MakeStage = (argument: Value, context: PipelineContext) => Stage;

export function stageOf(stage: Value): { name: string; argument: Value } {
  if (!isDoc(stage)) throw typeMismatch("Each element of the 'pipeline' array must be an object");
  const names = Object.keys(stage);
  if (names.length !== 1)
    throw new ServerError(40323, 'A pipeline stage specification object must contain exactly one field.');
  const name = names[0] as string;
  return { name, argument: stage[name] };
}
