// Passwords are kept as Argon2id hashes (OWASP's first choice: 19 MiB, 2 passes, 1 lane). A hash takes some 30 ms of a
// core and its memory, so only a few are computed at once and a queue beyond its limit is refused.
import { hash, verify } from '@node-rs/argon2';

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE_MAX = 2;
const WAITING_MAX = 20;

/** A hash of no password: checking against it takes an unknown address as long as a known one. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$8gl+D4K1EnqZACqEYpEd+w$5TP6b+uwImWbQazmC88EvSJt9vgESwqyut3tZJOdHW4';

let running = 0;
const waiting: (() => void)[] = [];

export class PasswordsBusyError extends Error {}

export async function hashPassword(password: string): Promise<string> {
  return oneOfFew(() => hash(password, COST));
}

/** False for a wrong password and for `passwordHash` null. Rejects with PasswordsBusyError when too many wait. */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const matches = await oneOfFew(() => verify(passwordHash ?? NOBODYS_HASH, password));
  return matches && passwordHash !== null;
}

async function oneOfFew<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= AT_ONCE_MAX) {
    if (waiting.length >= WAITING_MAX) throw new PasswordsBusyError('too many passwords to check at once');
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    running += 1;
  }
  try {
    return await work();
  } finally {
    // The turn is handed on without being given back, so that nobody can slip in between.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
