// Recorded scenarios: their form, and reading them from canonical Extended JSON.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EJSON } from 'bson';
import { type Doc, isArray, isDoc, setField, type Value } from '../values/types.ts';

export type Step = {
  readonly on?: string;
  readonly send?: string;
  readonly recv?: string;
  readonly stillPending?: string;
  readonly afterMs?: Value;
  readonly sleepMs?: Value;
  readonly close?: string;
  readonly cmd?: Doc;
  readonly reply?: Doc;
  readonly only?: readonly string[];
  readonly ignore?: readonly string[];
  readonly asSet?: readonly string[];
  /** Why a newer server answers this step differently on purpose. */
  readonly newer?: string;
  /** Why the recorded server is no model in this step. */
  readonly mayDiffer?: string;
};

export type Scenario = {
  readonly name: string;
  readonly about: string;
  readonly db: string;
  readonly slow?: boolean;
  readonly steps: readonly Step[];
};
export type ScenarioFile = { readonly group: string; readonly scenarios: readonly Scenario[] };

export function readScenarios(folder: string): ScenarioFile[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.sort().map((name) => parseScenarios(readFileSync(join(folder, name), 'utf8')));
}

/** Keeps every BSON type; turns the placeholder keys `%regex` and `%options` into operators. */
export const parseScenarios = (text: string): ScenarioFile =>
  withOperators(EJSON.parse(text, { relaxed: false })) as ScenarioFile;

function withOperators(value: Value): Value {
  if (isArray(value)) return value.map(withOperators);
  if (!isDoc(value)) return value;
  const result: Doc = {};
  for (const key of Object.keys(value)) setField(result, key.replace(/^%/, '$'), withOperators(value[key]));
  return result;
}
