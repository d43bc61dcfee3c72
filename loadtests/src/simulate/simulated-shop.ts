// The shop of a simulated sale: called fans come in, choose, hold, and pay or let the hold lapse. Each fan has one
// appointment at a time, so ten million cost two numbers each.
import type { SeededRandom } from '../seeded-random.ts';
import type { SaleShape } from './sale-shape.ts';
import { TimeWheel } from './time-wheel.ts';

const ENTER_WITHIN_SECONDS = 10;
const CHOOSING_SHARE = 0.4; // of a stay; the rest is paying
const FOUND = { unknown: -1, nothing: 0, seats: 1 } as const;
const WAITS = { out: 0, absent: 1, called: 2, choosing: 3, paying: 4, lapsing: 5 } as const;

export class SimulatedShop {
  free: number;
  held = 0;
  sold = 0;
  called = 0;
  active = 0;
  choosing = 0;
  admitted = 0;
  missed = 0;
  /** By number: whether the fan found seats when the choice was made; −1 for those who never chose. */
  readonly found: Int8Array;
  private readonly shape: SaleShape;
  private readonly random: SeededRandom;
  private readonly due: TimeWheel;
  private readonly state: Uint8Array;
  private readonly basket: Uint8Array;

  constructor(shape: SaleShape, { random, seconds }: { readonly random: SeededRandom; readonly seconds: number }) {
    this.shape = shape;
    this.random = random;
    this.free = shape.seats ?? 0;
    this.found = new Int8Array(shape.fans + 1).fill(FOUND.unknown);
    this.due = new TimeWheel({ seconds, members: shape.fans });
    this.state = new Uint8Array(shape.fans + 1);
    this.basket = new Uint8Array(shape.fans + 1);
  }

  get hasStock(): boolean {
    return this.shape.seats !== null;
  }

  get isSoldOut(): boolean {
    return this.hasStock && this.free === 0 && this.held === 0;
  }

  /** Seats per fan who is through with choosing, and per fan who was called; null until enough were seen. */
  get basketMean(): number | null {
    return this.perFan(this.admitted - this.choosing);
  }

  get perCalledFan(): number | null {
    return this.perFan(this.admitted - this.choosing + this.missed);
  }

  call(number: number, { second, comesIn }: { readonly second: number; readonly comesIn: boolean }): void {
    this.called++;
    this.state[number] = comesIn ? WAITS.called : WAITS.absent;
    const after = comesIn ? 1 + ENTER_WITHIN_SECONDS * this.random.next() : this.shape.callWindowSeconds;
    this.due.add(number, second + Math.ceil(after));
  }

  tick(second: number): void {
    this.due.forEachDue(second, (number) => this.move(number, second));
  }

  private move(number: number, second: number): void {
    switch (this.state[number]) {
      case WAITS.absent:
        this.called--;
        this.missed++;
        return;
      case WAITS.called:
        this.called--;
        this.active++;
        this.admitted++;
        this.choosing++;
        this.state[number] = WAITS.choosing;
        this.due.add(number, second + this.draw(this.shape.staySeconds * CHOOSING_SHARE));
        return;
      case WAITS.choosing:
        this.choosing--;
        this.choose(number, second);
        return;
      default:
        this.end(number);
    }
  }

  private choose(number: number, second: number): void {
    const { partySizes, seatsPerBooking, holdSeconds, holdsLapse, staySeconds } = this.shape;
    if (this.hasStock) {
      const seats = Math.min(this.free, seatsPerBooking, Number(this.random.weighted(partySizes)));
      this.found[number] = seats > 0 ? FOUND.seats : FOUND.nothing;
      this.basket[number] = seats;
      this.free -= seats;
      this.held += seats;
      if (seats === 0) {
        this.end(number);
        return;
      }
    }
    const lapses = this.hasStock && this.random.chance(holdsLapse);
    this.state[number] = lapses ? WAITS.lapsing : WAITS.paying;
    const paying = this.draw(staySeconds * (1 - CHOOSING_SHARE));
    this.due.add(number, second + (lapses ? holdSeconds : this.hasStock ? Math.min(paying, holdSeconds) : paying));
  }

  private end(number: number): void {
    const seats = this.basket[number] ?? 0;
    this.held -= seats;
    if (this.state[number] === WAITS.lapsing) this.free += seats;
    else this.sold += seats;
    this.active--;
    this.state[number] = WAITS.out;
  }

  private perFan(fans: number): number | null {
    return !this.hasStock || fans < MEASURED_FROM ? null : (this.sold + this.held) / fans;
  }

  private draw(mean: number): number {
    return 1 + Math.floor(-Math.log(1 - this.random.next()) * mean);
  }
}

const MEASURED_FROM = 20;
