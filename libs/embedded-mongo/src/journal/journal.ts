// The journal: committed changes, appended in order and flushed in groups. A commit is durable once the flush that
// holds it is done. Files: journal-<n>.log follows snapshot-<n>.bin; a new pair begins when the journal has grown.
// States: open → closing → closed; a failed write leaves it failed, and every later flush fails with it.
import { fdatasync, writeSync } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { calculateObjectSize } from 'bson';
import type { Collection } from '../storage/collection.ts';
import type { Engine } from '../storage/engine.ts';
import type { Transaction } from '../storage/transaction.ts';
import { type View, visibleDoc } from '../storage/version.ts';
import type { Sessions } from '../transactions/sessions.ts';
import type { Doc } from '../values/types.ts';
import { type CollectionRecord, type JournalRecord, RecordPage, type SessionNote } from './records.ts';

export const journalName = (generation: number): string => `journal-${generation}.log`;
export const snapshotName = (generation: number): string => `snapshot-${generation}.bin`;

// A start replays at most this much: about two seconds.
const journalBytesMaxDefault = 64 * 1024 * 1024;
const snapshotBatchBytes = 1024 * 1024;

type Parts = {
  readonly folder: string;
  readonly generation: number;
  readonly engine: Engine;
  readonly sessions: Sessions;
  /** Beyond this a snapshot is taken and a new file begun. */
  readonly journalBytesMax?: number;
};

export class Journal {
  private readonly folder: string;
  private readonly engine: Engine;
  private readonly sessions: Sessions;
  private readonly journalBytesMax: number;
  private generation: number;
  private file: FileHandle;
  private fileBytes: number;
  /** Records not yet written. */
  private readonly page = new RecordPage();
  private flushing: Promise<void> | null = null;
  private snapshotting: Promise<void> | null = null;
  private failure: Error | null = null;
  /** Records appended, and how many of them are on the disk. */
  private appended = 0;
  private flushed = 0;
  private waiting: { until: number; resolve: () => void; reject: (error: Error) => void }[] = [];

  private constructor(parts: Parts, file: FileHandle, bytes: number) {
    const { folder, generation, engine, sessions, journalBytesMax = journalBytesMaxDefault } = parts;
    this.journalBytesMax = journalBytesMax;
    this.folder = folder;
    this.generation = generation;
    this.engine = engine;
    this.sessions = sessions;
    this.file = file;
    this.fileBytes = bytes;
  }

  static async open(parts: Parts): Promise<Journal> {
    const file = await open(join(parts.folder, journalName(parts.generation)), 'a');
    const { size } = await file.stat();
    return new Journal(parts, file, size);
  }

  commit(transaction: Transaction, session: SessionNote | null): void {
    const deleted: { ns: string; id: unknown }[] = [];
    const put: { ns: string; doc: Doc }[] = [];
    for (const { collection, slot } of transaction.changes) {
      const newest = slot.newest;
      if (newest === null || collection.dropped) continue;
      if (newest.doc !== null) put.push({ ns: collection.namespace, doc: newest.doc });
      else if (newest.older !== null) deleted.push({ ns: collection.namespace, id: newest.older.doc?._id });
    }
    const created = [...transaction.created].map(describe);
    if (deleted.length + put.length + created.length === 0 && session === null) return;
    this.append({ kind: 'commit', deleted, put, created, session });
  }

  collectionChanged(collection: Collection): void {
    this.append(describe(collection));
  }

  append(record: JournalRecord): void {
    this.page.append(record);
    this.appended += 1;
    if (this.flushing === null) this.flushing = this.flush();
  }

  /** Resolves when all that has been appended until now is on the disk; rejects if the disk refuses. */
  durable(): Promise<void> {
    if (this.failure !== null) return Promise.reject(this.failure);
    if (this.flushed >= this.appended) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiting.push({ until: this.appended, resolve, reject }));
  }

  async close(): Promise<void> {
    // A flush may begin a snapshot, and a flush may follow while it is written.
    while (this.flushing !== null || this.snapshotting !== null) {
      await this.flushing;
      await this.snapshotting;
    }
    await this.file.close();
    if (this.failure !== null) throw this.failure;
  }

  // Whatever is appended while one flush is under way goes into the next: one sync for many commits.
  private async flush(): Promise<void> {
    try {
      // Lets commands of the same turn join.
      await turn();
      while (this.page.length > 0 && this.failure === null) {
        const until = this.appended;
        this.fileBytes += this.write(this.file);
        await sync(this.file);
        this.reached(until);
        if (this.fileBytes > this.journalBytesMax && this.snapshotting === null) await this.rotate();
      }
    } catch (error) {
      this.failure = error as Error;
      for (const { reject } of this.waiting.splice(0)) reject(this.failure);
    } finally {
      this.flushing = null;
    }
  }

  // Into the memory of the system, which takes microseconds; a thread of the pool would cost more.
  private write({ fd }: FileHandle): number {
    const bytes = this.page.take();
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    return bytes.length;
  }

  private reached(until: number): void {
    this.flushed = until;
    while (this.waiting[0] !== undefined && this.waiting[0].until <= until) this.waiting.shift()?.resolve();
  }

  // The snapshot is of the moment between two records: all before it is in the snapshot, all after it in the new file.
  private async rotate(): Promise<void> {
    const old = this.file;
    const next = await open(join(this.folder, journalName(this.generation + 1)), 'a');
    await syncFolder(this.folder);
    // From here to the taking of the tick nothing may be committed: no await in between.
    const until = this.appended;
    // What was committed but not yet written belongs to the old file, as it is in the snapshot.
    this.write(old);
    const tick = this.engine.now;
    this.engine.holdSnapshot(tick);
    const collections = [...this.engine.collections.values()].filter(({ creator }) => creator === null);
    const state = {
      collections: collections.map((collection) => ({ collection, record: describe(collection) })),
      sessions: this.sessions.notes(),
    };
    this.generation += 1;
    this.file = next;
    this.fileBytes = 0;
    await sync(old);
    this.reached(until);
    await old.close();
    this.snapshotting = this.writeSnapshot({ generation: this.generation, tick, ...state })
      .catch((error: unknown) => {
        this.failure = error as Error;
      })
      .finally(() => {
        this.engine.releaseSnapshot(tick);
        this.snapshotting = null;
      });
  }

  private async writeSnapshot({ generation, tick, collections, sessions }: SnapshotOf): Promise<void> {
    const path = join(this.folder, snapshotName(generation));
    const file = await open(`${path}.new`, 'w');
    const page = new RecordPage();
    const write = (record: JournalRecord): Promise<void> => {
      page.append(record);
      return file.appendFile(page.take());
    };
    for (const session of sessions) await write({ kind: 'session', session });
    for (const { collection, record } of collections) {
      await write(record);
      for (const docs of batches(collection, { tick, writer: null }))
        await write({ kind: 'documents', ns: record.ns, docs });
    }
    await write({ kind: 'end' });
    await file.datasync();
    await file.close();
    await rename(`${path}.new`, path);
    await syncFolder(this.folder);
    await removeOlder(this.folder, generation);
  }
}

const sync = ({ fd }: FileHandle): Promise<void> =>
  new Promise((resolve, reject) => fdatasync(fd, (error) => (error === null ? resolve() : reject(error))));

// A file is only there after a loss of power once its folder is on the disk, too.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync();
  await folder.close();
}

type SnapshotOf = {
  generation: number;
  tick: number;
  collections: { collection: Collection; record: CollectionRecord }[];
  sessions: SessionNote[];
};

function* batches(collection: Collection, view: View): Generator<Doc[]> {
  let batch: Doc[] = [];
  let bytes = 0;
  for (const slot of collection.slots) {
    const doc = visibleDoc(slot, view);
    if (doc === null) continue;
    batch.push(doc);
    bytes += calculateObjectSize(doc);
    if (bytes >= snapshotBatchBytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

const describe = (collection: Collection): CollectionRecord => ({
  kind: 'collection',
  ns: collection.namespace,
  options: collection.options,
  indexes: [...collection.indexes.values()].map(({ spec }) => spec),
});

async function removeOlder(folder: string, generation: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const match = /^(journal|snapshot)-(\d+)\.(log|bin)(\.new)?$/.exec(name);
    if (match && Number(match[2]) < generation) await rm(join(folder, name));
  }
}
