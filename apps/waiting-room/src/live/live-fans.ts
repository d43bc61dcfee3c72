// The sockets of those who wait: every document once, and a word to each fan whose own place changed. Nobody is looked
// up per tick: a call is found by the number, among the sockets this process has.
import { type LineDocument, type PlaceView, rooms } from '@onsale/contracts';
import type { Numbering, SaleId } from '@onsale/domain';
import type { LiveIo, LivePass, LivePlace, LiveSocket } from '@onsale/live-socketio';
import type { Clock, Logger } from '@onsale/runtime';
import type { KnownSale, KnownSales } from '../sales/known-sales.ts';
import { LineRounds } from './line-rounds.ts';

export type LiveFansDeps = {
  readonly sales: KnownSales;
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
  readonly logger: Logger;
  /** The newest document; null when none was heard. */
  documentOf(saleId: SaleId): LineDocument | null;
  /** The place as its fan may see it; null when it cannot be told now. */
  seePlace(place: LivePlace): Promise<Omit<PlaceView, 'placeToken'> | null>;
  checkIn(place: LivePlace): Promise<Omit<PlaceView, 'placeToken'> | null>;
  /** A pass that comes back after the line was lost has its slot again. */
  adoptSlot(pass: LivePass): Promise<unknown>;
  /** The fans of these numbers are there for another `forMs`. */
  keepPresent(kept: {
    readonly saleId: SaleId;
    readonly numbers: readonly number[];
    readonly forMs: number;
  }): Promise<unknown>;
};

/** The local sockets of one sale. */
type LocalLine = {
  readonly sockets: Map<LiveSocket, LivePlace>;
  readonly rounds: LineRounds;
  /** By number, made anew when numbers change; null when it must be. */
  byNumber: Map<number, LivePlace> | null;
  numberOf: Numbering | null;
  served: number;
  notice: string | null;
};

type HeardLine = { readonly line: LocalLine; readonly document: LineDocument; readonly known: KnownSale };

const CHECK_IN_EVERY_MS = 1_000; // per socket; a client that asks more often is answered with the next
/** An open connection is a sign of life: every so often this process says so for all its sockets together. */
export const KEEP_PRESENT_EVERY_MS = 15_000;
const KEEP_PRESENT_FOR_MS = 40_000; // two rounds and some
const KEEP_BATCH = 500;
const TELL_BATCH = 100; // places told in one go, so that a revealed draw of 10,000 sockets does not stop the process

export class LiveFans {
  private readonly deps: LiveFansDeps;
  private readonly lines = new Map<SaleId, LocalLine>();
  /** Sockets of fans inside, by sale. */
  private readonly shops = new Map<SaleId, Set<LiveSocket>>();
  private readonly epochs = new Map<SaleId, number>();
  private readonly checkedInAt = new WeakMap<LiveSocket, number>();

  constructor(deps: LiveFansDeps) {
    this.deps = deps;
  }

  join(socket: LiveSocket): void {
    for (const pass of socket.data.identity.passes) {
      const inside = this.shops.get(pass.saleId) ?? new Set();
      this.shops.set(pass.saleId, inside.add(socket));
      if ((this.deps.documentOf(pass.saleId)?.epoch ?? 1) > 1) this.adopt(pass);
    }
    for (const place of socket.data.identity.places) {
      const line = this.lineOf(place.saleId);
      line.sockets.set(socket, place);
      line.byNumber = null;
      const document = this.deps.documentOf(place.saleId);
      if (document !== null) socket.emit('line', document);
      this.tell(socket, place, this.deps.seePlace(place));
      this.keepOnePresent(place);
    }
  }

  leave(socket: LiveSocket): void {
    for (const { saleId } of socket.data.identity.passes) {
      const inside = this.shops.get(saleId);
      inside?.delete(socket);
      if (inside?.size === 0) this.shops.delete(saleId);
    }
    for (const { saleId } of socket.data.identity.places) {
      const line = this.lines.get(saleId);
      if (line === undefined) continue;
      line.sockets.delete(socket);
      line.rounds.leave(socket);
      line.byNumber = null;
      if (line.sockets.size === 0) this.lines.delete(saleId);
    }
  }

  checkIn(socket: LiveSocket): void {
    const now = this.deps.clock.now();
    if (now - (this.checkedInAt.get(socket) ?? 0) < CHECK_IN_EVERY_MS) return;
    this.checkedInAt.set(socket, now);
    for (const place of socket.data.identity.places) this.tell(socket, place, this.deps.checkIn(place));
  }

  /** A new document: repeated to all local sockets of the line, then those called hear of their place. */
  async hear(io: LiveIo, document: LineDocument): Promise<void> {
    const saleId = document.saleId;
    if (this.isNewEpoch(document)) {
      this.adoptPasses(saleId);
      await this.keepPresent(saleId);
    }
    const line = this.lines.get(saleId);
    if (line === undefined) return;
    const forAll = line.rounds.isForAll(document);
    if (forAll) io.local.to(rooms.line(saleId)).emit('line', document);
    const known = await this.deps.sales.find(saleId);
    if (known === null) return;
    this.tellLine(io, { line, document, known, forAll });
    if (document.notice !== line.notice) {
      line.notice = document.notice;
      // The document may hold it cut short.
      const notice = document.notice === null ? null : (known.sale.notice ?? document.notice);
      io.local.to(rooms.line(saleId)).emit('notice', { saleId, notice });
    }
    await this.tellChanged(io, saleId, { line, document, known });
  }

  /** One frame is made, however many sockets it goes to. */
  private tellLine(io: LiveIo, { line, document, known, forAll }: HeardLine & { readonly forAll: boolean }): void {
    const round = { now: this.deps.clock.now(), random: this.deps.random };
    const due = forAll ? [...line.sockets.keys()] : line.rounds.due(line.sockets, round);
    if (due.length === 0) return;
    if (!forAll) io.local.to(due.map(({ id }) => id)).emit('line', document);
    const places = due.flatMap((socket) => {
      const place = line.sockets.get(socket);
      return place === undefined ? [] : [[socket, place] as const];
    });
    line.rounds.note(places, { ...round, document, numberOf: known.numberOf });
  }

  /** A new epoch means that Redis forgot who is there; those who are connected are there still. */
  private isNewEpoch({ saleId, epoch }: LineDocument): boolean {
    const before = this.epochs.get(saleId) ?? epoch;
    this.epochs.set(saleId, epoch);
    return epoch !== before;
  }

  private adoptPasses(saleId: SaleId): void {
    for (const socket of this.shops.get(saleId) ?? []) {
      for (const pass of socket.data.identity.passes) if (pass.saleId === saleId) this.adopt(pass);
    }
  }

  private adopt(pass: LivePass): void {
    this.deps
      .adoptSlot(pass)
      .catch((error: unknown) => this.deps.logger.warn({ err: error }, 'a returning pass could not be taken up'));
  }

  async keepAllPresent(): Promise<void> {
    for (const saleId of this.lines.keys()) await this.keepPresent(saleId);
  }

  private keepOnePresent({ saleId, index }: { saleId: SaleId; index: number }): void {
    const kept = this.deps.sales.find(saleId).then((known) => {
      const number = known?.numberOf(index) ?? null;
      if (number === null) return undefined;
      return this.deps.keepPresent({ saleId, numbers: [number], forMs: KEEP_PRESENT_FOR_MS });
    });
    kept.catch(() => undefined); // the next round keeps it
  }

  private async keepPresent(saleId: SaleId): Promise<void> {
    const sockets = this.lines.get(saleId)?.sockets;
    const known = await this.deps.sales.find(saleId);
    if (sockets === undefined || known === null) return;
    const all = [...new Set([...sockets.values()].map(({ index }) => index))].flatMap(
      (index) => known.numberOf(index) ?? [],
    );
    for (let from = 0; from < all.length; from += KEEP_BATCH) {
      const numbers = all.slice(from, from + KEEP_BATCH);
      await this.deps.keepPresent({ saleId, numbers, forMs: KEEP_PRESENT_FOR_MS });
    }
  }

  /** Fans who are called again, out of the order of the line. */
  async hearRecall(io: LiveIo, { saleId, numbers }: { saleId: SaleId; numbers: readonly number[] }): Promise<void> {
    const line = this.lines.get(saleId);
    const known = line === undefined ? null : await this.deps.sales.find(saleId);
    if (line === undefined || known === null) return;
    line.byNumber ??= placesByNumber(line.sockets.values(), known.numberOf);
    const byNumber = line.byNumber;
    await this.tellPlaces(
      io,
      saleId,
      numbers.flatMap((number) => byNumber.get(number) ?? []),
    );
  }

  private async tellChanged(io: LiveIo, saleId: SaleId, { line, document, known }: HeardLine): Promise<void> {
    const servedBefore = line.served;
    line.served = document.served;
    const drawn = line.numberOf !== null && line.numberOf !== known.numberOf;
    line.numberOf = known.numberOf;
    if (drawn) {
      line.byNumber = null;
      await this.keepPresent(saleId);
      await this.tellPlaces(io, saleId, [...placesByNumber(line.sockets.values(), known.numberOf).values()]);
      return;
    }
    line.byNumber ??= placesByNumber(line.sockets.values(), known.numberOf);
    const called: LivePlace[] = [];
    for (let number = servedBefore + 1; number <= document.served; number++) {
      const place = line.byNumber.get(number);
      if (place !== undefined) called.push(place);
    }
    await this.tellPlaces(io, saleId, called);
  }

  private async tellPlaces(io: LiveIo, saleId: SaleId, places: readonly LivePlace[]): Promise<void> {
    for (let from = 0; from < places.length; from += TELL_BATCH) {
      await Promise.all(
        places.slice(from, from + TELL_BATCH).map(async (place) => {
          const view = await this.deps.seePlace(place);
          if (view !== null) io.local.to(rooms.place(saleId, place.index)).emit('place', view);
        }),
      );
    }
  }

  private tell(socket: LiveSocket, place: LivePlace, looked: Promise<Omit<PlaceView, 'placeToken'> | null>): void {
    looked.then(
      (view) => {
        if (view?.state === 'moved') this.letGo(socket, place);
        if (view !== null) socket.emit('place', view);
      },
      (error: unknown) => this.deps.logger.warn({ err: error }, 'a place could not be told live'),
    );
  }

  /** The place is on another device: the sockets of the former one hear that, and then no more of it. */
  hearMove({ saleId, index, version }: LivePlace): void {
    for (const [socket, place] of this.lines.get(saleId)?.sockets ?? []) {
      if (place.index !== index || place.version >= version) continue;
      this.tell(socket, place, this.deps.seePlace(place));
    }
  }

  private letGo(socket: LiveSocket, { saleId, index }: LivePlace): void {
    void socket.leave(rooms.place(saleId, index));
    const line = this.lines.get(saleId);
    if (line === undefined) return;
    line.sockets.delete(socket);
    line.rounds.leave(socket);
    line.byNumber = null;
  }

  private lineOf(saleId: SaleId): LocalLine {
    let line = this.lines.get(saleId);
    if (line === undefined) {
      const document = this.deps.documentOf(saleId);
      line = {
        sockets: new Map(),
        rounds: new LineRounds(),
        byNumber: null,
        numberOf: null,
        served: document?.served ?? 0,
        notice: document?.notice ?? null,
      };
      this.lines.set(saleId, line);
    }
    return line;
  }
}

function placesByNumber(places: Iterable<LivePlace>, numberOf: Numbering): Map<number, LivePlace> {
  const byNumber = new Map<number, LivePlace>();
  for (const place of places) {
    const number = numberOf(place.index);
    if (number !== null && !((byNumber.get(number)?.version ?? 0) > place.version)) byNumber.set(number, place);
  }
  return byNumber;
}
