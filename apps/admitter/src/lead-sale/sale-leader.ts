// Leads one sale, or stands by to. States: `following` (somebody else holds the lease), `leading`. A tick that fails,
// because Redis or MongoDB is away or the lease is lost, changes nothing; the next one begins from the stores again.
import type { Mongo, SaleRecord } from '@onsale/booking-mongo';
import type { Clock, Logger } from '@onsale/runtime';
import { type Leadership, type LineRedis, leadSale, stopLeading } from '@onsale/waiting-room-redis';
import type { AdmitterEvents } from '../metrics.ts';
import { newSaleMemory, type SaleMemory } from './sale-memory.ts';
import { tick } from './tick.ts';

export type LeaderDeps = {
  readonly mongo: Mongo;
  readonly line: LineRedis;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly events: AdmitterEvents;
  /** One process, unlike any other that ever ran. */
  readonly holder: string;
};

const TICK_MS = 250;
const LEASE_MS = 1_500; // six ticks; another admitter takes over within this and one tick

export class SaleLeader {
  private readonly deps: LeaderDeps;
  private sale: SaleRecord;
  private leadership: Leadership | null = null;
  private memory: SaleMemory = newSaleMemory();
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();
  private ticking = false;
  private stopped = false;

  constructor(deps: LeaderDeps, sale: SaleRecord) {
    this.deps = deps;
    this.sale = sale;
  }

  /** A fresher record of the sale. What an operator changed is acted on at once, not with the next tick. */
  see(sale: SaleRecord): void {
    const isChanged = sale.admissionVersion !== this.sale.admissionVersion;
    this.sale = sale;
    if (!isChanged || this.ticking || this.stopped) return;
    clearTimeout(this.timer);
    this.tickIn(0);
  }

  start(): void {
    this.tickIn(TICK_MS);
  }

  /** Ends the tick under way and hands the lease over at once. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.current;
    if (this.leadership !== null) {
      await stopLeading(this.deps.line, this.sale._id, this.leadership).catch(() => undefined);
    }
  }

  private tickIn(ms: number): void {
    this.timer = setTimeout(() => {
      this.ticking = true;
      this.current = this.run().then(() => {
        this.ticking = false;
        if (!this.stopped) this.tickIn(TICK_MS);
      });
    }, ms);
  }

  private async run(): Promise<void> {
    const from = performance.now();
    try {
      if (await this.lead()) {
        await tick(this.deps, { sale: this.sale, leadership: this.leadership as Leadership, memory: this.memory });
        this.deps.events.tickTook((performance.now() - from) / 1000);
      }
    } catch (error) {
      this.deps.events.tickFailed(this.sale._id, error);
    }
  }

  private async lead(): Promise<boolean> {
    const { line, holder, events } = this.deps;
    const outcome = await leadSale(line, { saleId: this.sale._id, holder, leaseMs: LEASE_MS });
    if (outcome.kind === 'following') {
      this.leadership = null;
      return false;
    }
    if (this.leadership?.fence !== outcome.leadership.fence) {
      // What a former leader remembered may be older than what another leader did since.
      this.memory = newSaleMemory(this.memory.line.marks);
      events.tookLead(this.sale._id, outcome.leadership.fence);
    }
    this.leadership = outcome.leadership;
    return true;
  }
}
