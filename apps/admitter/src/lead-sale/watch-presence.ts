// Finds the ghosts. Every tick looks at the front of the line, where each one matters, and at a further piece of the
// rest in turn, so that a tick costs the same however long the line is. A leader that begins looks at larger pieces
// until it has seen everybody once. Most fans are there: of them nothing but that is asked.
import type { DrawRecord } from '@onsale/booking-mongo';
import type { LineDocument } from '@onsale/contracts';
import { GhostMap, peopleAhead, refreshRule, silenceAllowedSeconds, waitRange } from '@onsale/domain';
import {
  areAllPresent,
  type LineFacts,
  type LineRedis,
  markGhosts,
  PRESENCE_CHUNK,
  type PresencePiece,
  presenceAt,
  presentAt,
  readPresence,
} from '@onsale/waiting-room-redis';

export type PresenceMemory = {
  ghosts: GhostMap;
  /** The piece of the rest that is looked at next. */
  nextChunk: number;
  seenEverybody: boolean;
  /** Ghosts who came back while they waited, since the line was opened: told as the cause of a position that jumps up. */
  back: number;
};

export function newPresenceMemory(): PresenceMemory {
  return { ghosts: new GhostMap(), nextChunk: 0, seenEverybody: false, back: 0 };
}

export type PresenceLook = {
  readonly saleId: LineDocument['saleId'];
  readonly facts: LineFacts;
  readonly draws: readonly DrawRecord[];
  /** The last published document: silence is forgiven by the rhythm it told. Null before the first. */
  readonly document: LineDocument | null;
  readonly memory: PresenceMemory;
};

const FRONT = 2048; // numbers after `served`: more than a tick calls, more than the line document tells one by one
const CHUNKS_AT_FIRST = 256; // a million fans, 2 MB, a tick, until everybody was seen once
const ALLOWED_STEP = 64; // numbers that share one computed forgiveness
const UNKNOWN_SILENCE_MS = 60_000;

export async function watchPresence(line: LineRedis, look: PresenceLook): Promise<void> {
  const { facts, memory } = look;
  const last = facts.firstUndrawnIndex ?? facts.joined;
  if (last <= facts.served) {
    memory.seenEverybody = true;
    return;
  }
  const [front, end] = [Math.floor(facts.served / PRESENCE_CHUNK), Math.floor((last - 1) / PRESENCE_CHUNK)];
  const chunks = new Set<number>();
  for (let i = 0; i < (memory.seenEverybody ? 1 : CHUNKS_AT_FIRST); i++) {
    if (memory.nextChunk < front || memory.nextChunk > end) {
      memory.seenEverybody ||= memory.nextChunk > end;
      memory.nextChunk = front;
    }
    chunks.add(memory.nextChunk++);
  }
  const pieces = [
    ...piecesOf(facts.served, Math.min(last, facts.served + FRONT)).filter(({ chunk }) => !chunks.has(chunk)),
    ...[...chunks].flatMap((chunk) =>
      piecesOf(Math.max(facts.served, chunk * PRESENCE_CHUNK), Math.min(last, (chunk + 1) * PRESENCE_CHUNK)),
    ),
  ];
  await Promise.all(pieces.map((piece) => lookAtPiece(line, { ...look, piece })));
  memory.seenEverybody ||= memory.nextChunk > end;
}

/** The pieces of chunks that hold the numbers from + 1 … to. */
function piecesOf(from: number, to: number): PresencePiece[] {
  const pieces: PresencePiece[] = [];
  for (let at = from; at < to; ) {
    const chunk = Math.floor(at / PRESENCE_CHUNK);
    const start = chunk * PRESENCE_CHUNK;
    const end = Math.min(to, start + PRESENCE_CHUNK);
    pieces.push({ chunk, from: at - start, to: end - start });
    at = end;
  }
  return pieces;
}

/** Fans who can be called: numbered, not called, not known to be gone. */
export function waitingFans(facts: LineFacts, presence: PresenceMemory): number {
  const last = facts.firstUndrawnIndex ?? facts.joined;
  return Math.max(0, last - facts.served - awayFans(facts, presence)) + facts.returning;
}

/** Numbered, not called, known to be gone. */
export function awayFans(facts: LineFacts, { ghosts }: PresenceMemory): number {
  const last = facts.firstUndrawnIndex ?? facts.joined;
  return Math.max(0, ghosts.countThrough(last) - ghosts.countThrough(facts.served));
}

type PieceLook = PresenceLook & { readonly piece: PresencePiece };

async function lookAtPiece(line: LineRedis, look: PieceLook): Promise<void> {
  const { saleId, facts, memory, piece } = look;
  const { ghosts } = memory;
  const { chunk, from, to } = piece;
  const entries = await readPresence(line, saleId, piece);
  const start = chunk * PRESENCE_CHUNK;
  const hasGhosts = ghosts.countThrough(start + to) > ghosts.countThrough(start + from);
  // As nearly every piece is: nobody was gone, and nobody is.
  if (!hasGhosts && areAllPresent(entries, to - from, facts.now)) return;
  const isPresent = presentAt(facts.now);
  const silent: { position: number; seen: number }[] = [];
  let forgiven = { step: -1, until: 0 };
  for (let position = from, at = 0; position < to; position++, at += 2) {
    const number = start + position + 1;
    const seen = at + 1 < entries.length ? ((entries[at] as number) << 8) | (entries[at + 1] as number) : 0;
    let isSilent = false;
    let isGhost = false;
    if (!isPresent(seen)) {
      const step = Math.floor(position / ALLOWED_STEP);
      if (step !== forgiven.step) forgiven = { step, until: unheardUntil(look, number) };
      const { kind } = presenceAt(seen, facts.now);
      isSilent = kind === 'silent' || (kind === 'unheard' && facts.now > forgiven.until);
      isGhost = isSilent || kind === 'gone';
    }
    if (isSilent) silent.push({ position, seen });
    if (isGhost === ghosts.isGhost(number)) continue;
    if (!isGhost) memory.back++;
    ghosts.set(number, isGhost);
  }
  if (silent.length > 0) await markGhosts(line, { saleId, chunk, as: 'ghost', entries: silent });
}

/**
 * Until when one is forgiven of whom nothing was heard, ms. After a draw the fans still follow the slow rhythm of the
 * pre-queue, after a restore the rhythm of their last known wait.
 */
function unheardUntil({ facts, draws, document }: PresenceLook, number: number): number {
  const restored = facts.epoch > 1 ? facts.openedAt + silenceMs(document, number) : 0;
  const draw = draws.find(
    ({ firstIndex, size }) =>
      firstIndex !== null && size !== null && number > firstIndex && number <= firstIndex + size,
  );
  // Who joined after the draw was written down as present; nobody stands where that was lost unless somebody says so.
  if (draw?.revealedAt == null) return Math.max(restored, facts.openedAt + silenceMs(document, number));
  const rhythm = silenceAllowedSeconds(prequeueRule(draw.size ?? 0), null) * 1000;
  return Math.max(restored, draw.revealedAt.getTime() + Math.max(rhythm, silenceMs(document, number)));
}

function prequeueRule(joined: number) {
  return refreshRule({ phase: 'prequeue', joined, waiting: joined, secondsToSellOut: null });
}

function silenceMs(document: LineDocument | null, number: number): number {
  const wait = document === null ? null : waitRange(document, peopleAhead(document, number));
  return document === null || wait === null ? UNKNOWN_SILENCE_MS : silenceAllowedSeconds(document.refresh, wait) * 1000;
}
