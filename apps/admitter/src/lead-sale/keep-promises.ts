// Looks at a few of those who wait, notes what they are promised, and settles what became of it when the line gets there.
import { addPromises, type SaleRecord } from '@onsale/booking-mongo';
import type { LineDocument } from '@onsale/contracts';
import { chanceOfTicket, peopleAhead, statedWait } from '@onsale/domain';
import type { LineFacts } from '@onsale/waiting-room-redis';
import type { LeaderDeps } from './sale-leader.ts';
import type { SaleMemory } from './sale-memory.ts';

const LOOK_EVERY_MS = 30_000;
const LOOKS = 10; // fans; hundreds are promised something within the hour
const KEEP_EVERY_MS = 10_000;

export type KeepPromises = {
  readonly sale: SaleRecord;
  readonly facts: LineFacts;
  readonly memory: SaleMemory;
  readonly served: number;
  /** In [0, 1). */
  random(): number;
};

export async function keepPromises({ mongo }: Pick<LeaderDeps, 'mongo'>, input: KeepPromises): Promise<void> {
  const { sale, facts, memory, served } = input;
  const { promises, presence, published } = memory;
  const isGone = (number: number) => presence.ghosts.isGhost(number);
  promises.book.reach({ served, now: facts.now, free: memory.stock?.value.free ?? null, isGone });
  if (published?.phase === 'sold_out') promises.book.end(isGone);
  if (published?.phase === 'open' && facts.now - promises.lookedAt >= LOOK_EVERY_MS) {
    promises.lookedAt = facts.now;
    look(input, published);
  }
  if (facts.now - promises.keptAt < KEEP_EVERY_MS) return;
  promises.keptAt = facts.now;
  const counts = promises.book.take();
  if (counts !== null) await addPromises(mongo, sale._id, counts);
}

function look({ facts, memory, served, random }: KeepPromises, document: LineDocument): void {
  const waiting = facts.joined - served;
  for (let i = 0; i < Math.min(LOOKS, waiting); i++) {
    const number = served + 1 + Math.floor(random() * waiting);
    if (memory.presence.ghosts.isGhost(number)) continue;
    const ahead = peopleAhead(document, number);
    const { seats } = document;
    memory.promises.book.add({
      number,
      at: facts.now,
      wait: statedWait(document, ahead),
      chance: seats === undefined ? null : chanceOfTicket({ ...document, seats }, { ahead }).kind,
    });
  }
}
