// The wire protocol: frames, OP_MSG, and the OP_QUERY that old handshakes use.
import { deserialize, serialize } from 'bson';
import type { Doc } from '../values/types.ts';

export const opReply = 1;
export const opQuery = 2004;
export const opMsg = 2013;
export const messageBytesMax = 48_000_000;

const headerBytes = 16;
const moreToCome = 0b10;
const checksumPresent = 0b1;

export type Incoming = {
  readonly requestId: number;
  readonly opCode: number;
  readonly command: Doc;
  readonly wantsReply: boolean;
};

/** Numbers keep their types; binaries and regular expressions their classes. */
const readOptions = {
  promoteValues: false,
  promoteBuffers: false,
  bsonRegExp: true,
  validation: { utf8: false },
} as const;

/** Throws where the message is malformed: the connection is then of no further use. */
export function parseMessage(frame: Buffer): Incoming {
  const requestId = frame.readInt32LE(4);
  const opCode = frame.readInt32LE(12);
  if (opCode === opMsg) return parseMsg(frame, requestId);
  if (opCode === opQuery) return parseQuery(frame, requestId);
  throw new Error(`unsupported opcode ${opCode}`);
}

function parseMsg(frame: Buffer, requestId: number): Incoming {
  const flags = frame.readUInt32LE(headerBytes);
  const end = frame.length - (flags & checksumPresent ? 4 : 0);
  let at = headerBytes + 4;
  let command: Doc | null = null;
  const sequences: Doc = {};
  while (at < end) {
    const kind = frame[at];
    const size = frame.readInt32LE(at + 1);
    const bodyEnd = at + 1 + size;
    if (size < 5 || bodyEnd > end) throw new Error('malformed OP_MSG section');
    if (kind === 0) command = readDocument(frame, at + 1);
    else if (kind === 1) {
      const nameEnd = frame.indexOf(0, at + 5);
      sequences[frame.toString('utf8', at + 5, nameEnd)] = readDocuments(frame, nameEnd + 1, bodyEnd);
    } else throw new Error(`unknown OP_MSG section ${kind}`);
    at = bodyEnd;
  }
  if (command === null) throw new Error('OP_MSG without a body');
  return {
    requestId,
    opCode: opMsg,
    command: Object.assign(command, sequences),
    wantsReply: (flags & moreToCome) === 0,
  };
}

function parseQuery(frame: Buffer, requestId: number): Incoming {
  const nameEnd = frame.indexOf(0, headerBytes + 4);
  const namespace = frame.toString('utf8', headerBytes + 4, nameEnd);
  const query = readDocument(frame, nameEnd + 9);
  const inner = query.$query;
  const command = typeof inner === 'object' && inner !== null ? (inner as Doc) : query;
  return { requestId, opCode: opQuery, command: { ...command, $db: namespace.split('.')[0] }, wantsReply: true };
}

function readDocument(frame: Buffer, at: number): Doc {
  const size = frame.readInt32LE(at);
  return deserialize(frame.subarray(at, at + size), readOptions);
}

function readDocuments(frame: Buffer, from: number, to: number): Doc[] {
  const docs: Doc[] = [];
  for (let at = from; at < to; at += frame.readInt32LE(at)) docs.push(readDocument(frame, at));
  return docs;
}

export function encodeReply(incoming: { requestId: number; opCode: number }, reply: Doc, ownId: number): Buffer {
  const body = serialize(reply, { ignoreUndefined: true });
  const prefix = incoming.opCode === opMsg ? 5 : 20;
  const frame = Buffer.allocUnsafe(headerBytes + prefix + body.length);
  frame.writeInt32LE(frame.length, 0);
  frame.writeInt32LE(ownId, 4);
  frame.writeInt32LE(incoming.requestId, 8);
  frame.writeInt32LE(incoming.opCode === opMsg ? opMsg : opReply, 12);
  frame.fill(0, headerBytes, headerBytes + prefix);
  // OP_REPLY: flags, cursor id (8), starting from, number returned.
  if (incoming.opCode !== opMsg) frame.writeInt32LE(1, headerBytes + 16);
  frame.set(body, headerBytes + prefix);
  return frame;
}

/** Collects bytes and gives out whole frames. */
export class FrameReader {
  private pending: Buffer = Buffer.alloc(0);

  /** Throws where a frame claims to be longer than any message may be. */
  push(chunk: Buffer): Buffer[] {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    const frames: Buffer[] = [];
    while (this.pending.length >= headerBytes) {
      const length = this.pending.readInt32LE(0);
      if (length < headerBytes || length > messageBytesMax) throw new Error(`frame of ${length} bytes`);
      if (this.pending.length < length) break;
      frames.push(this.pending.subarray(0, length));
      this.pending = this.pending.subarray(length);
    }
    return frames;
  }
}
