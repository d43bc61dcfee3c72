// The stages that turn one document into one other.
import { ServerError } from '../errors.ts';
import type { FilterScope } from '../query/filter.ts';
import { type Doc, isArray, isDoc, type Value } from '../values/types.ts';
import { environmentOf } from './environment.ts';
import { compileWith } from './expression.ts';
import { compileAddFields, compileProjection } from './projection.ts';

export type DocumentStage = (doc: Doc) => Doc;

export function compileDocumentStage(name: string, argument: Value, scope: FilterScope): DocumentStage {
  switch (name) {
    case '$set':
    case '$addFields': {
      if (!isDoc(argument))
        throw new ServerError(40272, `${name} specification stage must be an object, got ${typeof argument}`);
      const add = compileAddFields(argument, scope, name);
      return (doc) => add(doc, environmentOf(doc, scope));
    }
    case '$project': {
      if (!isDoc(argument)) throw new ServerError(15969, '$project specification must be an object');
      if (Object.keys(argument).length === 0)
        throw new ServerError(51272, 'projection specification must have at least one field');
      const project = compileProjection({ projection: argument, scope, dialect: '$project' });
      return (doc) => project(doc, environmentOf(doc, scope));
    }
    case '$unset': {
      const project = compileProjection({ projection: unsetProjection(argument), scope, dialect: '$project' });
      return (doc) => project(doc, environmentOf(doc, scope));
    }
    case '$replaceRoot': {
      if (!isDoc(argument)) throw new ServerError(40229, "'newRoot' expression must be in an object");
      for (const key of Object.keys(argument))
        if (key !== 'newRoot') throw new ServerError(40230, `unrecognized option to $replaceRoot stage: ${key}`);
      if (!Object.hasOwn(argument, 'newRoot'))
        throw new ServerError(40231, 'no newRoot specified for the $replaceRoot stage');
      return replacing(argument.newRoot, scope);
    }
    case '$replaceWith':
      return replacing(argument, scope);
    default:
      throw new ServerError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

function unsetProjection(argument: Value): Doc {
  const paths = isArray(argument) ? argument : [argument];
  if (paths.length === 0)
    throw new ServerError(31119, '$unset specification must be a string or an array with at least one field');
  const projection: Doc = {};
  for (const path of paths) {
    if (typeof path !== 'string')
      throw new ServerError(
        isArray(argument) ? 31120 : 31002,
        '$unset specification must be a string or an array containing only string values',
      );
    projection[path] = false;
  }
  return projection;
}

function replacing(argument: Value, scope: FilterScope): DocumentStage {
  const expression = compileWith(argument, new Set(Object.keys(scope.variables ?? {})));
  return (doc) => {
    const root = expression(environmentOf(doc, scope));
    if (!isDoc(root))
      throw new ServerError(
        40228,
        "'newRoot' expression must evaluate to an object, but resulting value was of another type",
      );
    return root;
  };
}
