// What the command line of a chaos run says.
import { parseArgs } from 'node:util';
import { z } from 'zod';

export const USAGE = `npm run chaos -- [options]
  Starts a stack of its own, two copies of every process, and while fans buy kills (-9), freezes, cuts off, silences and
  delays its processes and its services by a plan that the seed repeats. Then everything is healed, and when it is quiet
  the books are audited. Round after round, one line each. Exit code 1 on any violation.

  --seed N          the same plan again (default 1); round n has the seed N + n
  --minutes N       how long, about (default 5)
  --kills N         kills in all, beside half as many other disturbances (default 8 a minute)
  --fans N          fans of each round (default 200)
  --profile club|theatre|mixed   what is sold; mixed takes turns (default mixed)
  --from N          begin with round N, to repeat one that failed: with --rounds 1 that one alone
  --rounds N        so many rounds instead of what --minutes gives
  --resume          go on where an interrupted run of the same seed ended
  --folder DIR      data, logs and results.jsonl (default .local/chaos)
  --drill outages   instead: each service killed and frozen alone; how soon a good booking is made again (R7)
  --drill restarts  instead: every process restarted in turn under half load; nothing may fail (R4)`;

const whole = z.coerce.number().int().min(1);
const options = z
  .object({
    seed: whole.default(1),
    minutes: z.coerce.number().positive().default(5),
    kills: whole.optional(),
    fans: whole.default(200),
    profile: z.enum(['club', 'theatre', 'mixed']).default('mixed'),
    from: whole.default(1),
    rounds: whole.optional(),
    resume: z.boolean().default(false),
    folder: z.string().default('.local/chaos'),
    drill: z.enum(['outages', 'restarts']).optional(),
  })
  .transform((given) => {
    const rounds = given.rounds ?? Math.max(1, Math.round((given.minutes * 60) / ROUND_SECONDS));
    return { ...given, rounds, killsOfRound: Math.ceil((given.kills ?? given.minutes * KILLS_A_MINUTE) / rounds) };
  });
export type ChaosOptions = z.infer<typeof options>;

/** Of which the window of disturbances is the first part; the rest is healing, quiet and audit. */
const ROUND_SECONDS = 100;
const KILLS_A_MINUTE = 8;
export const WINDOW_MS = 60_000;

/** Throws for what it does not understand. */
export function readChaosOptions(argv: readonly string[]): ChaosOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    strict: true,
    options: {
      ...{ seed: text, minutes: text, kills: text, fans: text, profile: text, from: text, rounds: text },
      ...{ folder: text, drill: text },
      resume: { type: 'boolean' },
    },
  });
  return options.parse(values);
}
