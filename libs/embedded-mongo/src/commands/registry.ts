// All commands by name. Names are matched as clients write them, with the old lower-case spellings beside.
import { aggregate } from './aggregate.ts';
import { collMod, create, drop, dropDatabase, listCollections, listDatabases, renameCollection } from './catalogue.ts';
import { getMore, killCursors } from './cursor-commands.ts';
import {
  buildInfo,
  configureFailPoint,
  connectionStatus,
  getCmdLineOpts,
  getParameter,
  hello,
  hostInfo,
  isMaster,
  ping,
  replSetGetStatus,
  serverStatus,
  setParameter,
  whatsmyuri,
} from './diagnostics.ts';
import { explain } from './explain.ts';
import { count, distinct, find } from './find.ts';
import { findAndModify } from './find-and-modify.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import type { Command } from './operation.ts';
import {
  abortTransaction,
  commitTransaction,
  endSessions,
  killSessions,
  refreshSessions,
  startSession,
} from './session-commands.ts';
import { collStats, dbStats } from './statistics.ts';
import { insert, remove, update } from './writes.ts';

const commands: Readonly<Record<string, Command>> = {
  abortTransaction,
  aggregate,
  buildInfo,
  collMod,
  collStats,
  commitTransaction,
  configureFailPoint,
  connectionStatus,
  count,
  create,
  createIndexes,
  dbStats,
  delete: remove,
  distinct,
  drop,
  dropDatabase,
  dropIndexes,
  endSessions,
  explain,
  find,
  findAndModify,
  getCmdLineOpts,
  getMore,
  getParameter,
  hello,
  hostInfo,
  insert,
  isMaster,
  killCursors,
  killSessions,
  listCollections,
  listDatabases,
  listIndexes,
  ping,
  refreshSessions,
  renameCollection,
  replSetGetStatus,
  serverStatus,
  setParameter,
  startSession,
  update,
  whatsmyuri,
};

const spellings = new Map(
  ['buildInfo', 'collStats', 'dbStats', 'findAndModify', 'isMaster'].map((name) => [name.toLowerCase(), name]),
);
spellings.set('deleteIndexes', 'dropIndexes');

export function findCommand(given: string): { name: string; command: Command } | null {
  const name = spellings.get(given) ?? given;
  return Object.hasOwn(commands, name) ? { name, command: commands[name] as Command } : null;
}
