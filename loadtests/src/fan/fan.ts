// One fan: scheduled → joined → waiting → called → inside → ended. This file keeps what the fan knows; each step of the
// journey is a file beside it.
import type { BookingEvent, LineDocument, PlaceView } from '@onsale/contracts';
import type { BookingId } from '@onsale/domain';
import { LiveSocket, type PlaceEvent } from '../stack/live-socket.ts';
import type { FanPlan } from './fan-plan.ts';
import type { World } from './world.ts';

export class Fan {
  readonly id: number;
  readonly plan: FanPlan;
  readonly world: World;
  fanToken = '';
  placeToken = '';
  pass: string | undefined;
  place: PlaceView | undefined;
  line: LineDocument | undefined;
  joinedAtMs = 0;
  /** When the line last heard of this fan. */
  lastSeenAtMs = 0;
  /** The epoch of the line under which the place was asked for last. */
  knownEpoch = 0;
  readonly bookings = new Map<BookingId, BookingEvent>();
  #socket: LiveSocket | undefined;
  #wake: (() => void) | undefined;

  constructor(world: World, id: number, plan: FanPlan) {
    this.world = world;
    this.id = id;
    this.plan = plan;
  }

  get asFan(): { readonly authorization: string } {
    return { authorization: `Fan ${this.fanToken}` };
  }

  get asPlace(): { readonly authorization: string } {
    return { authorization: `Place ${this.placeToken}` };
  }

  learnPlace(place: PlaceView): void {
    this.world.order.notePlace(this.id, place);
    this.place = place;
    this.lastSeenAtMs = Date.now();
    this.placeToken = place.placeToken;
  }

  learnLine(line: LineDocument): void {
    this.world.order.noteLine(line);
    this.line = line;
  }

  get isLive(): boolean {
    return this.#socket !== undefined;
  }

  /** Opens the socket once; events wake whoever waits for news. */
  goLive(): void {
    if (this.#socket !== undefined) return;
    const { api, book } = this.world;
    this.#socket = new LiveSocket(
      api.origin,
      { fan: this.fanToken, place: this.placeToken, ...(this.pass !== undefined && { pass: this.pass }) },
      {
        onLine: (line) => {
          this.learnLine(line);
          this.#news();
        },
        onPlace: (place) => this.#learnPlaceEvent(place),
        onBooking: (event) => {
          this.bookings.set(event.bookingId, event);
          this.#news();
        },
        onMisfit: (what) => book.violated('an answer was not what the contract says', what),
      },
    );
  }

  /** Whether an open socket says that this fan is there. */
  seenBySocket(): boolean {
    if (this.#socket?.isOpen !== true) return false;
    this.lastSeenAtMs = Date.now();
    return true;
  }

  hangUp(): void {
    this.#socket?.close();
    this.#socket = undefined;
  }

  /** Resolves at the next live event, or after `ms`. True for an event. */
  news(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#finishWait(() => resolve(false)), ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#finishWait(() => resolve(true));
      };
    });
  }

  #finishWait(resolve: () => void): void {
    this.#wake = undefined;
    resolve();
  }

  #news(): void {
    this.#wake?.();
  }

  #learnPlaceEvent(place: PlaceEvent): void {
    // An event may be late: only its calls are taken, and the routes are asked for the rest.
    if (place.state === 'called' && this.place !== undefined) {
      this.place = { ...this.place, state: 'called', number: place.number, callExpiresAt: place.callExpiresAt };
    }
    this.#news();
  }
}
