// One round: a sale of its own, its fans, everything of the plan going wrong meanwhile; then calm, quiet, and the books.
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '@onsale/local-services';
import { readQueueDepths } from '@onsale/messaging-rabbitmq';
import { readOptions } from '../options.ts';
import { type Profile, type ProfileName, profiles } from '../profiles.ts';
import { type CrowdEnd, runCrowd } from '../run-crowd.ts';
import { type ChaosStack, PARTITIONS, processes } from './chaos-stack.ts';
import { disturb, makeWell, type Tally } from './disturb.ts';
import { planRound } from './plan.ts';

export type RoundOptions = {
  readonly seed: number;
  readonly kills: number;
  readonly windowMs: number;
  readonly fans: number;
  readonly profile: Exclude<ProfileName, 'arena'>;
};

export type RoundEnd = {
  readonly seed: number;
  readonly profile: string;
  readonly kills: number;
  readonly others: number;
  readonly missed: number;
  readonly sold: number;
  readonly fans: number;
  readonly deadLetters: number;
  readonly violations: number;
  readonly audited: boolean;
  readonly seconds: number;
};

/** What two parts killed one after the other may cost: a broker needs some seconds to come back on a busy machine. */
const GRACE_MS = 60_000;
const TAIL_SECONDS = 240;
const QUIET_LIMIT_MS = 60_000;
/** A confirmed payment that lost its event is asked for after ten seconds, a command lost with its connection at once. */
const SETTLE_MS = 3_000;

/** `say` is told of each act, `note` of all that the crowd and the auditor say. */
export async function runRound(
  stack: ChaosStack,
  { seed, kills, windowMs, fans, profile }: RoundOptions,
  { say, note }: { say(line: string): void; note(text: string): void },
): Promise<RoundEnd> {
  const begunAt = performance.now();
  const acts = planRound({ seed, kills, windowMs, processes });
  let disturbing: { readonly tally: Tally; readonly done: Promise<void> } | undefined;
  let deadLetters = 0;
  const end: CrowdEnd = await runCrowd({
    options: readOptions([
      ...['--profile', profile, '--fans', String(fans), '--seed', String(seed)],
      ...['--limit-seconds', String(Math.round(windowMs / 1000) + TAIL_SECONDS)],
    ]),
    stack: {
      origin: stack.origin,
      admin: stack.admin,
      local: {
        get mongoUri() {
          return stack.urlOf('mongodb');
        },
        get redisUrl() {
          return stack.urlOf('redis');
        },
        pidOf: stack.pidOf,
      },
    },
    say: note,
    storm: {
      profile: stormy(profiles[profile], { fans, windowMs }),
      graceMs: GRACE_MS,
      begin: (opensAt) => {
        const inMs = Math.max(0, opensAt - Date.now());
        disturbing = disturb(stack, { acts: acts.map((act) => ({ ...act, atMs: act.atMs + inMs })), say });
      },
      calm: async () => {
        await disturbing?.done;
        await makeWell(stack);
        deadLetters = await untilQuiet(stack);
      },
    },
  });
  const { kills: killed, others, missed } = disturbing?.tally ?? { kills: 0, others: 0, missed: 0 };
  const { sold, violations, audited } = end;
  const seconds = Math.round((performance.now() - begunAt) / 1000);
  return { seed, profile, kills: killed, others, missed, sold, fans, deadLetters, violations, audited, seconds };
}

/** Nobody in a hurry: the fans come and are called over the whole window, so that every act meets a working shop. */
function stormy(profile: Profile, { fans, windowMs }: { readonly fans: number; readonly windowMs: number }): Profile {
  const seconds = windowMs / 1000;
  return {
    ...profile,
    fans,
    generalAdmission: profile.generalAdmission > 0 ? fans : 0,
    joinedBeforeOpening: 0.5,
    restWithinSeconds: seconds * 0.6,
    terms: {
      prequeueSeconds: 6,
      holdSeconds: 20,
      callWindowSeconds: 90,
      passSeconds: 240,
      ratePerMinute: Math.ceil((fans / seconds) * 60),
      maxActive: fans,
    },
  };
}

/** Resolves with the number of dead letters once no command waits in its queue any more. */
async function untilQuiet(stack: ChaosStack): Promise<number> {
  const depths = () => readQueueDepths(stack.urlOf('rabbitmq'), PARTITIONS);
  const isQuiet = async () => (await depths()).partitions.every(({ waiting }) => waiting === 0);
  await waitUntil(isQuiet, { limitMs: QUIET_LIMIT_MS, everyMs: 500, what: 'queues without a waiting command' });
  await sleep(SETTLE_MS);
  return (await depths()).deadLetters;
}
