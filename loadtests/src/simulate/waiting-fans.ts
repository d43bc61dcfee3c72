// Everybody who waits in a simulated sale, each with the product's own client rules: fetch or check in by the beat while
// far back, a socket when near, and what the fan is shown. Nobody is looked at but when the own next message is due.
import {
  AWAY_FORGIVEN_SECONDS,
  chanceOfTicket,
  checkInAfterSeconds,
  type GhostMap,
  isCheckInDue,
  isNear,
  liveAfterSeconds,
  nextPosition,
  type Position,
  peopleAhead,
  refreshAfterSeconds,
  refreshRule,
  silenceAllowedSeconds,
  waitRange,
} from '@onsale/domain';
import type { SeededRandom } from '../seeded-random.ts';
import type { SaleShape } from './sale-shape.ts';
import type { SimulatedDocument } from './simulated-sale.ts';
import { TimeWheel } from './time-wheel.ts';

export type Messages = { fetches: number; checkIns: number; pushes: number; places: number };

export type FansOptions = {
  readonly shape: SaleShape;
  readonly random: SeededRandom;
  readonly ghosts: GhostMap;
  readonly seconds: number;
  /** Calls per second if nothing holds them up: for how long a fan thinks of staying. */
  readonly pace: number;
};

const SOCKET_FORGIVEN_SECONDS = { least: 25, most: 40 }; // a process keeps its sockets present, round by round
const TRACKED = 2_000; // fans whose shown position is followed from document to document
const BACK_WITHIN_SECONDS = 600;
/** The leader looks at the far line piece by piece, so many numbers each quarter of a second. */
const LOOKED_AT = { numbers: 4096, everySeconds: 0.25 };

export class WaitingFans {
  readonly messages: Messages = { fetches: 0, checkIns: 0, pushes: 0, places: 0 };
  /** Ghosts who came back while they waited. */
  back = 0;
  /** Fans taken for gone who had checked in as they were asked to; must stay 0. */
  wronglyGone = 0;
  /** Positions that jumped up without a stated cause; must stay 0. */
  jumps = 0;
  readonly toldOfEnd: number[] = [];
  readonly toldWithHope: number[] = [];
  private readonly options: FansOptions;
  private readonly gone: Uint8Array;
  private readonly live: Uint8Array;
  /** Who was told that a ticket is unlikely, at the last look. */
  private readonly hopeless: Uint8Array;
  /** Whether a next message is due some time: a page that comes back takes up its rhythm. */
  private readonly beatSet: Uint8Array;
  private readonly forgivenUntil: Int32Array;
  private readonly checkInDue: Int32Array;
  private readonly beats: TimeWheel;
  private readonly changes: TimeWheel;
  private readonly silences: TimeWheel;
  private readonly shown = new Map<number, Position>();
  private readonly trackEvery: number;

  constructor(options: FansOptions) {
    const { shape, seconds } = options;
    this.options = options;
    const size = { seconds, members: shape.fans };
    [this.beats, this.changes, this.silences] = [new TimeWheel(size), new TimeWheel(size), new TimeWheel(size)];
    this.gone = new Uint8Array(shape.fans + 1);
    this.live = new Uint8Array(shape.fans + 1);
    this.hopeless = new Uint8Array(shape.seats === null ? 0 : shape.fans + 1);
    this.beatSet = new Uint8Array(shape.fans + 1);
    this.forgivenUntil = new Int32Array(shape.fans + 1);
    this.checkInDue = new Int32Array(shape.fans + 1);
    this.trackEvery = Math.max(1, Math.floor(shape.fans / TRACKED));
  }

  isGone(number: number): boolean {
    return this.gone[number] === 1;
  }

  /** The place is read, which is a check-in. `beforehand`: was in the pre-queue, and follows its slow rhythm still. */
  join(number: number, { second, document, beforehand }: Moment & { readonly beforehand: boolean }): void {
    const { shape, random, pace } = this.options;
    this.messages.places++;
    this.checkedIn(number, { second, document });
    if (beforehand) {
      const rule = refreshRule({ phase: 'prequeue', joined: shape.fans, waiting: 0, secondsToSellOut: null });
      const prequeue = Math.ceil(silenceAllowedSeconds(rule, null));
      this.forgivenUntil[number] = Math.max(this.forgivenUntil[number] ?? 0, second + prequeue);
    }
    const first = refreshAfterSeconds(document.refresh, { wait: waitOf(document, number), random: random.next() });
    this.beatAt(number, second + 1 + Math.floor(first * (beforehand ? random.next() : 1)));
    const thinksOf = (peopleAhead(document, number) / pace) * 0.9;
    if (random.chance(shape.leaving)) this.changes.add(number, second + 1 + Math.floor(thinksOf * random.next()));
  }

  tick({ second, document }: Moment): void {
    this.beats.forEachDue(second, (number) => this.beat(number, { second, document }));
    this.changes.forEachDue(second, (number) => {
      if (number <= document.served) return;
      if (this.gone[number] === 1) this.comeBack(number, { second, document });
      else this.leave(number, second);
    });
    this.silences.forEachDue(second, (number) => {
      if (number > document.served && this.gone[number] === 1) this.options.ghosts.set(number, true);
    });
  }

  /** The sale is over: who has a socket hears of it now, all others at their next beat. */
  hearEnd(document: SimulatedDocument): void {
    for (let number = document.served + 1; number <= document.joined; number++) {
      if (this.live[number] !== 1 || this.gone[number] === 1) continue;
      this.messages.pushes++;
      this.live[number] = 2;
      this.told(number, 0);
    }
  }

  private beat(number: number, moment: Moment): void {
    const { second, document } = moment;
    this.beatSet[number] = 0;
    if (this.gone[number] === 1 || this.live[number] === 2) return;
    if (number <= document.served) {
      this.messages.places++; // told by the socket, or seen in the document and asked for
      if (this.live[number] !== 1) this.messages.fetches++;
      return;
    }
    if (document.soldOutAt !== null) {
      this.messages.fetches++;
      this.told(number, second - document.soldOutAt);
      return;
    }
    this.show(number, document);
    const ahead = peopleAhead(document, number);
    const wait = waitRange(document, ahead);
    const { seats } = document;
    if (seats) this.hopeless[number] = chanceOfTicket({ ...document, seats }, { ahead }).kind === 'unlikely' ? 1 : 0;
    if (this.live[number] === 1 || isNear({ ahead, wait })) {
      this.live[number] = 1;
      this.messages.pushes++;
      this.again(number, { second, after: liveAfterSeconds(document.refresh, { wait, random: this.random() }) });
      return;
    }
    const after = refreshAfterSeconds(document.refresh, { wait, random: this.random() });
    if (isCheckInDue({ dueIn: (this.checkInDue[number] ?? 0) - second, nextBeat: after })) {
      this.messages.checkIns++;
      if (second > (this.forgivenUntil[number] ?? 0)) this.wronglyGone++;
      this.checkedIn(number, moment);
    } else this.messages.fetches++;
    this.again(number, { second, after });
  }

  private told(number: number, after: number): void {
    this.toldOfEnd.push(after);
    if (this.hopeless[number] !== 1) this.toldWithHope.push(after);
  }

  /** Whole seconds on average as many as asked for. */
  private again(number: number, { second, after }: { readonly second: number; readonly after: number }): void {
    this.beatAt(number, second + Math.max(1, Math.floor(after + this.random())));
  }

  private beatAt(number: number, second: number): void {
    if (this.beatSet[number] === 1) return;
    this.beatSet[number] = 1;
    this.beats.add(number, second);
  }

  private show(number: number, document: SimulatedDocument): void {
    if (number % this.trackEvery !== 0) return;
    const before = this.shown.get(number) ?? null;
    const next = nextPosition(before, document, number);
    if (before !== null && next.ahead > before.ahead && next.cause === null) this.jumps++;
    this.shown.set(number, next);
  }

  private checkedIn(number: number, { second, document }: Moment): void {
    const wait = waitOf(document, number);
    this.forgivenUntil[number] = second + Math.ceil(silenceAllowedSeconds(document.refresh, wait));
    this.checkInDue[number] = second + checkInAfterSeconds(document.refresh, { wait, random: this.random() });
  }

  private leave(number: number, second: number): void {
    const { shape, ghosts, random } = this.options;
    this.gone[number] = 1;
    if (random.chance(0.5)) {
      ghosts.set(number, true);
      return;
    }
    const { least, most } = SOCKET_FORGIVEN_SECONDS;
    const forgiven =
      this.live[number] === 1
        ? second + random.between(least, most)
        : Math.max(second, this.forgivenUntil[number] ?? 0);
    // Most pages still say so as they are closed; an app that was killed or a battery that ended cannot.
    const saidSo = random.chance(shape.pagesSaySo) ? second + AWAY_FORGIVEN_SECONDS : Number.POSITIVE_INFINITY;
    const round = Math.ceil(shape.fans / LOOKED_AT.numbers) * LOOKED_AT.everySeconds;
    const noticed = Math.ceil(Math.min(forgiven, saidSo) + 1 + random.between(0, round));
    this.live[number] = 0;
    this.silences.add(number, noticed);
    if (random.chance(shape.comingBack)) {
      this.changes.add(number, noticed + Math.ceil(BACK_WITHIN_SECONDS * random.next()));
    }
  }

  private comeBack(number: number, moment: Moment): void {
    const { ghosts } = this.options;
    if (moment.document.soldOutAt !== null) return; // sees it at the first look
    this.gone[number] = 0;
    if (ghosts.isGhost(number)) this.back++;
    ghosts.set(number, false);
    this.messages.places++;
    this.checkedIn(number, moment);
    this.again(number, { second: moment.second, after: 1 });
  }

  private random(): number {
    return this.options.random.next();
  }
}

export type Moment = { readonly second: number; readonly document: SimulatedDocument };

function waitOf(document: SimulatedDocument, number: number) {
  return waitRange(document, peopleAhead(document, number));
}
