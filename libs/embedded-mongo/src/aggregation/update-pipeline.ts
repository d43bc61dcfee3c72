// An update written as a pipeline: the stages that make one document from one.
import { ServerError } from '../errors.ts';
import type { FilterScope } from '../query/filter.ts';
import { type Doc, isDoc, type Value } from '../values/types.ts';
import { compileDocumentStage } from './document-stages.ts';

const allowed = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

export function compileUpdatePipeline(pipeline: readonly Value[], scope: FilterScope): (doc: Doc) => Doc {
  const stages = pipeline.map((stage) => {
    if (!isDoc(stage) || Object.keys(stage).length !== 1)
      throw new ServerError(40323, 'A pipeline stage specification object must contain exactly one field.');
    const name = Object.keys(stage)[0] as string;
    if (!allowed.has(name)) {
      throw new ServerError(72, `${name} is not allowed to be used within an update`);
    }
    return compileDocumentStage(name, stage[name], scope);
  });
  return (doc) => stages.reduce((current, stage) => stage(current), doc);
}
