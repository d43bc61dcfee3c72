// Records of journal and snapshot files: 4 bytes length, 4 bytes CRC-32, then one BSON document.
import { crc32 } from 'node:zlib';
import { calculateObjectSize, deserialize, serialize, serializeWithBufferAndIndex } from 'bson';
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
// The library's own buffer ends at 17 MB; what may be longer gets one of its own.
const documentsOfLibraryBuffer = 1;

export function encodeRecord(record: JournalRecord): Buffer {
  const body = serializeAny(record);
  const head = Buffer.allocUnsafe(headBytes);
  head.writeUInt32LE(body.length, 0);
  head.writeUInt32LE(crc32(body), 4);
  return Buffer.concat([head, body]);
}

function serializeAny(record: JournalRecord): Uint8Array {
  const documents = record.kind === 'commit' ? record.put.length : 0;
  if (documents <= documentsOfLibraryBuffer) return serialize(record, { ignoreUndefined: true });
  const bytes = Buffer.allocUnsafe(calculateObjectSize(record, { ignoreUndefined: true }));
  serializeWithBufferAndIndex(record, bytes, { ignoreUndefined: true });
  return bytes;
}

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
