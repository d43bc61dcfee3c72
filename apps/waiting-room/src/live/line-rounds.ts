// Whom of the sockets of a line a new document is told. A phase, a notice or a restored line is news for everybody at
// once; that some more were called is news for those near the front, and for the others when their own figures have
// changed enough to matter: as seldom as they would ask themselves.
import type { LineDocument } from '@onsale/contracts';
import { liveAfterSeconds, type Numbering, peopleAhead, waitRange } from '@onsale/domain';
import type { LivePlace, LiveSocket } from '@onsale/live-socketio';

export type RoundDeps = { readonly now: number; random(): number };

export class LineRounds {
  /** ms; a socket that is not here was told nothing yet. */
  private readonly dueAt = new Map<LiveSocket, number>();
  private told: LineDocument | null = null;

  leave(socket: LiveSocket): void {
    this.dueAt.delete(socket);
  }

  /** Everybody hears of this one. */
  isForAll(document: LineDocument): boolean {
    const { told } = this;
    this.told = document;
    if (told === null) return true;
    return document.phase !== told.phase || document.notice !== told.notice || document.epoch !== told.epoch;
  }

  /** The sockets that are due, and when they are due again is noted. */
  due(sockets: ReadonlyMap<LiveSocket, LivePlace>, { now }: RoundDeps): readonly LiveSocket[] {
    const due: LiveSocket[] = [];
    for (const socket of sockets.keys()) if ((this.dueAt.get(socket) ?? 0) <= now) due.push(socket);
    return due;
  }

  /** These were told this document. */
  note(
    told: Iterable<readonly [LiveSocket, LivePlace]>,
    { document, numberOf, now, random }: RoundDeps & { readonly document: LineDocument; readonly numberOf: Numbering },
  ): void {
    for (const [socket, { index }] of told) {
      const number = numberOf(index);
      const wait = number === null ? null : waitRange(document, peopleAhead(document, number));
      const seconds = liveAfterSeconds(document.refresh, { wait, random: random() });
      // A document that comes a moment too early is told nevertheless: the next one is half a second away.
      this.dueAt.set(socket, now + seconds * 1000 - DUE_EARLY_MS);
    }
  }
}

const DUE_EARLY_MS = 100;
