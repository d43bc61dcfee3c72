// Fans inside a shop who book one ticket and give it back, again and again: the pulse of a stack.
import { type BookingView, shopRoutes } from '@onsale/contracts';
import type { BookingState, PerformanceId } from '@onsale/domain';
import { enterShop } from '../fan/enter-shop.ts';
import { Fan } from '../fan/fan.ts';
import { planFan } from '../fan/fan-plan.ts';
import { insist } from '../fan/insist.ts';
import { joinLine } from '../fan/join-line.ts';
import { waitForTurn } from '../fan/wait-for-turn.ts';
import { pause, type World } from '../fan/world.ts';
import type { Profile } from '../profiles.ts';

const BETWEEN_MS = 100;
const LOOK_MS = 50;

export type Shoppers = {
  /** When bookings were seen to be held, in the order of time (performance.now). */
  readonly heldAt: readonly number[];
  /** Resolves once everybody has stopped. */
  stop(): Promise<void>;
};

/** Resolves when all of them are inside. */
export async function letThemShop(
  world: World,
  { profile, shoppers }: { profile: Profile; shoppers: number },
): Promise<Shoppers> {
  const heldAt: number[] = [];
  const stopped = new AbortController();
  const fans = await Promise.all(Array.from({ length: shoppers }, (_, index) => goIn(world, { profile, index })));
  const loops = fans.map((fan) => shop(fan, { stopped: stopped.signal, held: () => heldAt.push(performance.now()) }));
  return {
    heldAt,
    async stop() {
      stopped.abort();
      await Promise.all(loops);
      for (const fan of fans) fan.hangUp();
    },
  };
}

async function goIn(world: World, { profile, index }: { profile: Profile; index: number }): Promise<Fan> {
  const plan = planFan({ index, seed: 1, fans: 1, profile, prequeueSeconds: profile.terms.prequeueSeconds });
  const fan = new Fan(world, index, { ...plan, whileWaiting: 'stays', doubleTaps: false });
  const isInside =
    (await joinLine(fan)) && (await waitForTurn(fan)) === 'called' && (await enterShop(fan)) === 'inside';
  if (!isInside) throw new Error('a shopper did not come in');
  return fan;
}

async function shop(fan: Fan, { stopped, held }: { stopped: AbortSignal; held(): void }): Promise<void> {
  const [performance] = fan.world.performances.values();
  const [category] = performance?.categories ?? [];
  if (performance === undefined || category === undefined) throw new Error('nothing is sold here');
  for (let n = 0; !stopped.aborted && !fan.world.limit.aborted; n++) {
    const request = { performanceId: performance.id, categoryId: category.id, key: `pulse-${fan.id}-${n}` };
    const booking = await book(fan, request);
    if (booking.state !== 'held') throw new Error(`a shopper was refused: ${booking.reason}`);
    held();
    await insist(fan.world, shopRoutes.releaseBooking, { params: { bookingId: booking.id }, headers: fan.asFan });
    await untilPast(fan, booking.id, 'held');
    await pause(BETWEEN_MS);
  }
}

type Wanted = { readonly performanceId: PerformanceId; readonly categoryId: string; readonly key: string };

async function book(fan: Fan, { performanceId, categoryId, key }: Wanted): Promise<BookingView> {
  const reply = await insist(fan.world, shopRoutes.requestBooking, {
    params: { performanceId },
    headers: { authorization: `Bearer ${fan.pass}`, 'idempotency-key': key },
    body: { items: [{ categoryId, quantity: 1 }], contact: { name: 'Pulse', email: 'pulse@example.org' } },
  });
  if (reply.kind !== 'ok') throw new Error(`a shopper was refused: ${JSON.stringify(reply)}`);
  return untilPast(fan, reply.body.bookingId, 'requested');
}

async function untilPast(fan: Fan, bookingId: string, past: BookingState): Promise<BookingView> {
  for (;;) {
    const reply = await insist(fan.world, shopRoutes.getBooking, { params: { bookingId }, headers: fan.asFan });
    if (reply.kind === 'ok' && reply.body.state !== past) return reply.body;
    if (reply.kind !== 'ok') throw new Error(`a booking is not to be seen: ${JSON.stringify(reply)}`);
    await pause(LOOK_MS);
  }
}
