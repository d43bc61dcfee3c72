// What goes wrong in a round, and when: all of it from the seed, so that a round can be repeated.
import { type SeededRandom, seededRandom } from '../seeded-random.ts';

export const services = ['redis', 'rabbitmq', 'mongodb'] as const;
export type ServiceName = (typeof services)[number];

export type Act = {
  /** After the opening of the sale. */
  readonly atMs: number;
  /** A process of the stack (`booking-worker-2`) or a service. */
  readonly target: string;
} & (
  | {
      readonly kind: 'kill' /** How long a service stays away; a process is started again by the stack. */;
      readonly forMs: number;
    }
  | { readonly kind: 'freeze'; readonly forMs: number }
  /** Of the connections of a process to one service, or of everybody to a service. */
  | { readonly kind: 'cut'; readonly service: ServiceName; readonly forMs: number }
  | { readonly kind: 'silence'; readonly service: ServiceName; readonly forMs: number }
  | { readonly kind: 'delay'; readonly service: ServiceName; readonly byMs: number; readonly forMs: number }
  | { readonly kind: 'flap'; readonly service: ServiceName; readonly forMs: number }
);

export type RoundShape = {
  readonly seed: number;
  readonly kills: number;
  readonly windowMs: number;
  readonly processes: readonly string[];
};

/** Between two kills there is another disturbance this often. */
const DISTURBANCE_CHANCE = 0.5;
/** Shorter and longer than the broker's heartbeat (5 s) and the lease of a leader. */
const FREEZE_MS = [500, 9_000] as const;
const AWAY_MS = [100, 3_000] as const;
const DISTURBED_MS = [500, 6_000] as const;
const DELAY_MS = [20, 400] as const;

export function planRound({ seed, kills, windowMs, processes }: RoundShape): readonly Act[] {
  const random = seededRandom(seed, kills);
  const deck = dealer([...processes, ...services], random);
  const everyMs = windowMs / Math.max(1, kills);
  const acts: Act[] = [];
  for (let i = 0; i < kills; i++) {
    const atMs = Math.round((i + random.next() * 0.5) * everyMs);
    acts.push({ atMs, target: deck(), kind: 'kill', forMs: span(random, AWAY_MS) });
    if (random.chance(DISTURBANCE_CHANCE)) {
      acts.push(disturbance(random, { atMs: Math.round((i + 0.5 + random.next() * 0.5) * everyMs), processes }));
    }
  }
  return acts;
}

/** Every target once before any comes again: what a stack must survive is all of it, not the same part over and over. */
function dealer(targets: readonly string[], random: SeededRandom): () => string {
  let left: string[] = [];
  return () => {
    if (left.length === 0) left = [...targets];
    const target = random.pick(left);
    left.splice(left.indexOf(target), 1);
    return target;
  };
}

function disturbance(
  random: SeededRandom,
  { atMs, processes }: { readonly atMs: number; readonly processes: readonly string[] },
): Act {
  const kind = random.pick(['freeze', 'freeze', 'cut', 'silence', 'delay', 'flap'] as const);
  const target = random.pick([...processes, ...services]);
  if (kind === 'freeze') return { atMs, target, kind, forMs: span(random, FREEZE_MS) };
  const service = services.find((one) => one === target) ?? random.pick(services);
  const forMs = span(random, DISTURBED_MS);
  if (kind === 'delay') return { atMs, target, kind, service, byMs: span(random, DELAY_MS), forMs };
  return { atMs, target, kind, service, forMs };
}

function span(random: SeededRandom, [from, to]: readonly [number, number]): number {
  return Math.round(random.between(from, to));
}

/** For the person who watches. */
export function wordsOf(act: Act): string {
  const seconds = `${(act.forMs / 1000).toFixed(1)} s`;
  const isService = services.some((service) => service === act.target);
  const between = 'service' in act && !isService ? `${act.target} from ${act.service}` : act.target;
  switch (act.kind) {
    case 'kill':
      return isService ? `kill -9 ${act.target}, away for ${seconds}` : `kill -9 ${act.target}`;
    case 'freeze':
      return `freeze ${act.target} for ${seconds}`;
    case 'cut':
      return `cut ${between} for ${seconds}`;
    case 'silence':
      return `silence ${between} for ${seconds}`;
    case 'delay':
      return `delay ${between} by ${act.byMs} ms for ${seconds}`;
    case 'flap':
      return `cut ${between} again and again for ${seconds}`;
  }
}
