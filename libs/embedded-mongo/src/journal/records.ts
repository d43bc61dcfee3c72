// Records of journal and snapshot files: 4 bytes length, 4 bytes CRC-32, then one BSON document.
import { crc32 } from 'node:zlib';
import { deserialize, serializeWithBufferAndIndex, setInternalBufferSize } from 'bson';
import type { IndexSpec } from '../storage/collection-index.ts';
import type { Doc, Value } from '../values/types.ts';

/** What a statement of a retryable write did, kept so that a retry after a crash does not do it again. */
export type RememberedResult = { readonly id: number; readonly result: Doc };
export type SessionNote = {
  readonly lsid: Doc;
  readonly number: bigint;
  readonly phase: 'retryable' | 'committed';
  readonly results: RememberedResult[];
};

export type JournalRecord =
  | {
      readonly kind: 'commit';
      readonly deleted: readonly { ns: string; id: Value }[];
      readonly put: readonly { ns: string; doc: Doc }[];
      readonly created: readonly CollectionRecord[];
      readonly session: SessionNote | null;
    }
  | CollectionRecord
  | { readonly kind: 'drop'; readonly ns: string }
  | { readonly kind: 'rename'; readonly ns: string; readonly to: string }
  | { readonly kind: 'documents'; readonly ns: string; readonly docs: readonly Doc[] }
  | { readonly kind: 'session'; readonly session: SessionNote }
  | { readonly kind: 'end' };

/** A collection as it is from now on: its options and all its indexes. */
export type CollectionRecord = {
  readonly kind: 'collection';
  readonly ns: string;
  readonly options: Doc;
  readonly indexes: readonly IndexSpec[];
};

const headBytes = 8;
// Longer than any record can be; a length beyond it is a torn one.
const recordBytesMax = 1024 * 1024 * 1024;
const pageBytes = 256 * 1024;

/** Lays records one behind the other into one piece of memory, ready to be written. */
export class RecordPage {
  private page = Buffer.allocUnsafe(pageBytes);
  private used = 0;

  get length(): number {
    return this.used;
  }

  append(record: JournalRecord): void {
    const body = this.used + headBytes;
    const end = this.serialize(record, body);
    this.page.writeUInt32LE(end - body, this.used);
    this.page.writeUInt32LE(crc32(this.page.subarray(body, end)), this.used + 4);
    this.used = end;
  }

  /** What has been laid down; it stays valid until the next record comes. */
  take(): Buffer {
    const bytes = this.page.subarray(0, this.used);
    this.used = 0;
    // A page that has grown with a large transaction is not kept.
    if (this.page.length > pageBytes) this.page = Buffer.allocUnsafe(pageBytes);
    return bytes;
  }

  private serialize(record: JournalRecord, index: number): number {
    for (;;) {
      try {
        const end = serializeWithBufferAndIndex(record, this.page, { index, ignoreUndefined: true }) + 1;
        // The library writes past the end of its own buffer in silence.
        if (end - index <= libraryBytes) return end;
      } catch (error) {
        if ((error as Error).name !== 'RangeError') throw error;
      }
      this.grow();
    }
  }

  // Either may have been too small: the page, or the buffer of the library.
  private grow(): void {
    if (this.page.length >= recordBytesMax) throw new Error('a change of more than a gigabyte is not kept');
    const grown = Buffer.allocUnsafe(this.page.length * 2);
    this.page.copy(grown, 0, 0, this.used);
    this.page = grown;
    if (grown.length <= libraryBytes) return;
    libraryBytes = grown.length;
    setInternalBufferSize(libraryBytes);
  }
}

// As large as the library makes it at first.
let libraryBytes = 17 * 1024 * 1024;

/** All whole records in order, and how many bytes they take; what follows is a torn tail. */
export function decodeRecords(bytes: Buffer): { records: JournalRecord[]; validBytes: number } {
  const records: JournalRecord[] = [];
  let at = 0;
  while (at + headBytes <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const end = at + headBytes + length;
    if (length > recordBytesMax || end > bytes.length) break;
    const body = bytes.subarray(at + headBytes, end);
    if (crc32(body) !== bytes.readUInt32LE(at + 4)) break;
    records.push(parse(body));
    at = end;
  }
  return { records, validBytes: at };
}

const readOptions = { promoteValues: false, promoteBuffers: false, bsonRegExp: true } as const;

// Documents keep their wrapped numbers; the few plain fields of a record are unwrapped.
function parse(body: Buffer): JournalRecord {
  const doc = deserialize(body, readOptions) as Doc & { session?: Doc | null };
  if (doc.session) doc.session = { ...doc.session, ...unwrapSession(doc.session) };
  return doc as JournalRecord;
}

function unwrapSession(session: Doc): Doc {
  const results = (session.results as { id: { valueOf(): number }; result: Doc }[]).map(({ id, result }) => ({
    id: Number(id),
    result: plainOutcome(result),
  }));
  return { number: BigInt(String(session.number)), results };
}

// Counts of an outcome are plain numbers in memory.
function plainOutcome(result: Doc): Doc {
  const outcome = result.outcome as Doc | undefined;
  if (outcome === undefined || result.kind === 'findAndModify') return result;
  const plain = { ...outcome };
  for (const field of ['n', 'nModified']) if (plain[field] !== undefined) plain[field] = Number(String(plain[field]));
  return { ...result, outcome: plain };
}
