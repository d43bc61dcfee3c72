// What the command line of a crowd says, and what the running stack tells about itself.
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { profiles } from './profiles.ts';

export const USAGE = `npm run crowd -- [options]
  --profile club|theatre|arena   who comes and what is sold (default club)
  --fans N                       how many (default: the profile's)
  --seed N                       the same choices again (default 1)
  --prequeue-seconds N           how long the pre-queue is open (default: the profile's)
  --sale ID                      join this sale instead of making one (no check of what it sold before)
  --kill app,app                 kill -9 these processes of the stack in the middle, e.g. booking-worker,admitter
  --limit-seconds N              give up after this long (default 900)
  --stack FILE                   where the stack tells about itself (default .local/stack.json)
  --origin URL --email E --password P   a stack elsewhere; the audit is then left out
Exit code 1 on any violation.`;

const stackFile = z.object({
  origin: z.string(),
  mongoUri: z.string(),
  redisUrl: z.string(),
  admin: z.object({ email: z.string(), password: z.string() }),
  apps: z.record(z.string(), z.object({ pid: z.int(), port: z.int(), internalPort: z.int() })),
});
export type Stack = {
  readonly origin: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** Null for a stack elsewhere: then nothing can be audited or killed. */
  readonly local: LocalStack | null;
};

export type LocalStack = {
  readonly mongoUri: string;
  /** With it the accepted requests are audited, too. */
  readonly redisUrl?: string;
  /** The process of an app as it is now: a restarted one has another. Undefined for an app that is not there. */
  pidOf(app: string): number | undefined;
};

const numberOption = z.coerce.number().int().min(1);
const options = z.object({
  profile: z.enum(Object.keys(profiles) as ['club', 'theatre', 'arena']).default('club'),
  fans: numberOption.optional(),
  seed: numberOption.default(1),
  'prequeue-seconds': numberOption.optional(),
  sale: z.string().optional(),
  kill: z
    .string()
    .transform((apps) => apps.split(','))
    .default([]),
  'limit-seconds': numberOption.default(900),
  stack: z.string().default('.local/stack.json'),
  origin: z.string().optional(),
  email: z.string().optional(),
  password: z.string().optional(),
});
export type CrowdOptions = z.infer<typeof options>;

/** Throws for what it does not understand. */
export function readOptions(argv: readonly string[]): CrowdOptions {
  const text = { type: 'string' } as const;
  const known = Object.fromEntries(Object.keys(options.shape).map((name) => [name, text]));
  const { values } = parseArgs({ args: [...argv], options: known, strict: true });
  return options.parse(values);
}

export function readStack({ origin, email, password, stack }: CrowdOptions): Stack {
  if (origin !== undefined) {
    return { origin, admin: { email: email ?? '', password: password ?? '' }, local: null };
  }
  if (!existsSync(stack))
    throw new Error(`no stack is running here (${stack} is not there): start one with "npm start"`);
  const { origin: where, admin, mongoUri, redisUrl } = readStackFile(stack);
  return { origin: where, admin, local: { mongoUri, redisUrl, pidOf: (app) => readStackFile(stack).apps[app]?.pid } };
}

/** What a running stack says of itself. */
export function readStackFile(file: string): z.infer<typeof stackFile> {
  return stackFile.parse(JSON.parse(readFileSync(file, 'utf8')));
}
