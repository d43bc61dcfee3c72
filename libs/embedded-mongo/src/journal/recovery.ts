// Brings the store back from its folder: the newest whole snapshot, then every journal after it. A record that was
// torn by a crash ends the last journal, and is cut off.
import { mkdir, open, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepare } from '../commands/create-collection.ts';
import { makeIndex } from '../commands/indexes.ts';
import { Collection } from '../storage/collection.ts';
import type { Engine } from '../storage/engine.ts';
import type { Sessions } from '../transactions/sessions.ts';
import { identical } from '../values/compare.ts';
import { Journal, journalName, snapshotName } from './journal.ts';
import { type CollectionRecord, decodeRecords, type JournalRecord } from './records.ts';

type Store = { readonly engine: Engine; readonly sessions: Sessions };

/** Throws where another process holds the folder, or where a journal before the last is damaged. */
export async function openStore(
  folder: string,
  store: Store,
  journalBytesMax?: number,
): Promise<{ journal: Journal; release: () => Promise<void> }> {
  await mkdir(folder, { recursive: true });
  const release = await lock(folder);
  const generations = await numbersOf(folder, /^journal-(\d+)\.log$/);
  const base = await loadSnapshot(folder, store);
  const journals = generations.filter((generation) => generation >= base);
  for (const generation of journals) await replay(folder, generation, generation === journals.at(-1), store);
  const journal = await Journal.open({
    folder,
    generation: journals.at(-1) ?? base,
    ...store,
    ...(journalBytesMax === undefined ? {} : { journalBytesMax }),
  });
  return { journal, release };
}

/** Forgets everything in the folder, as `--fresh` asks for. Other files are left alone. */
export async function clearStore(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const release = await lock(folder);
  for (const name of await readdir(folder))
    if (/^(journal|snapshot)-\d+\.(log|bin)(\.new)?$/.test(name)) await rm(join(folder, name));
  await release();
}

async function lock(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'owner.pid');
  const owner = Number(await readFile(path, 'utf8').catch(() => '0'));
  if (owner > 0 && owner !== process.pid && isAlive(owner)) throw new Error(`${folder} is in use by process ${owner}`);
  await writeFile(path, String(process.pid));
  return () => rm(path, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function numbersOf(folder: string, pattern: RegExp): Promise<number[]> {
  const names = await readdir(folder);
  return names
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** The generation of the snapshot that was loaded, 0 if there is none. */
async function loadSnapshot(folder: string, store: Store): Promise<number> {
  const [newest] = (await numbersOf(folder, /^snapshot-(\d+)\.bin$/)).reverse();
  if (newest === undefined) return 0;
  const { records } = decodeRecords(await readFile(join(folder, snapshotName(newest))));
  if (records.at(-1)?.kind !== 'end') throw new Error(`${snapshotName(newest)} in ${folder} is damaged`);
  for (const record of records) apply(record, store);
  return newest;
}

async function replay(folder: string, generation: number, isLast: boolean, store: Store): Promise<void> {
  const path = join(folder, journalName(generation));
  const bytes = await readFile(path);
  const { records, validBytes } = decodeRecords(bytes);
  if (validBytes < bytes.length) {
    if (!isLast) throw new Error(`${journalName(generation)} in ${folder} is damaged`);
    await truncate(path, validBytes);
    const file = await open(path, 'r+');
    await file.datasync();
    await file.close();
  }
  for (const record of records) apply(record, store);
}

function apply(record: JournalRecord, { engine, sessions }: Store): void {
  switch (record.kind) {
    case 'commit':
      for (const created of record.created) applyCollection(created, engine);
      for (const { ns, id } of record.deleted) engine.collections.get(ns)?.restore(id, null);
      for (const { ns, doc } of record.put) engine.collections.get(ns)?.restore(doc._id, doc);
      if (record.session) sessions.recall(record.session);
      return;
    case 'collection':
      applyCollection(record, engine);
      return;
    case 'drop':
      engine.collections.delete(record.ns);
      return;
    case 'rename': {
      const collection = engine.collections.get(record.ns);
      if (collection) engine.rename(collection, record.to);
      return;
    }
    case 'documents':
      for (const doc of record.docs) engine.collections.get(record.ns)?.restore(doc._id, doc);
      return;
    case 'session':
      sessions.recall(record.session);
      return;
    case 'end':
  }
}

function applyCollection({ ns, options, indexes }: CollectionRecord, engine: Engine): void {
  const dot = ns.indexOf('.');
  let collection = engine.collections.get(ns);
  if (collection === undefined) {
    collection = new Collection(ns.slice(0, dot), ns.slice(dot + 1), options);
    engine.collections.set(ns, collection);
  }
  collection.options = options;
  prepare(collection);
  const names = new Set(indexes.map(({ name }) => name));
  for (const name of collection.indexes.keys())
    if (!names.has(name) && name !== '_id_') collection.indexes.delete(name);
  for (const spec of indexes)
    if (!identical(collection.indexes.get(spec.name)?.spec, spec)) collection.addIndex(makeIndex(spec));
}
