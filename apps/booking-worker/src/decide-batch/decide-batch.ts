// Brings a batch of commands to an end: decided and committed, or set aside. An outage is waited out, because commands
// may wait in their queue but may not be lost. A command that cannot be decided leaves its batch and is tried once more
// alone. A write that is refused names its command: those before it, it alone, those behind it. Only a failure that names
// nobody is searched by halves.
import { type Committed, isOutage, RefusedWriteError, StaleLeaseError } from '@onsale/booking-mongo';
import type { BookingCommand } from '@onsale/contracts';

export type DecideBatchDeps = {
  /** One transaction for all of them. */
  commit(commands: readonly BookingCommand[]): Promise<Committed>;
  readonly signal: AbortSignal;
  /** Rejects when the signal aborts meanwhile. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** Told of each failed attempt. */
  onFailure(failure: { readonly error: unknown; readonly commands: number }): void;
};

export type BatchResult = {
  readonly committed: readonly Committed[];
  readonly poisonous: readonly { readonly command: BookingCommand; readonly reason: string }[];
};

/** A guard that fails once may have met a stale memory; failing again it is the command's own fault. */
const ATTEMPTS = 2;
const OUTAGE_PAUSE_MS = 50;
const OUTAGE_PAUSE_MAX_MS = 2_000;

/** Throws StaleLeaseError when the partition is another's, and whatever the signal aborts with. */
export function decideBatch(deps: DecideBatchDeps, commands: readonly BookingCommand[]): Promise<BatchResult> {
  return decidePart(deps, { commands, attempts: ATTEMPTS });
}

/** Commands that are tried together, so many times before they are parted or set aside. */
type Part = { readonly commands: readonly BookingCommand[]; readonly attempts: number };

async function decidePart(deps: DecideBatchDeps, part: Part): Promise<BatchResult> {
  const [only] = part.commands;
  if (only === undefined) return { committed: [], poisonous: [] };
  const attempt = await attemptOnce(deps, part.commands);
  const committed: Committed[] = [];
  const poisonous: BatchResult['poisonous'][number][] = [];
  if (attempt.kind === 'committed') {
    for (const { error } of attempt.committed.undecided) deps.onFailure({ error, commands: 1 });
    if (attempt.committed.outcomes.length > 0) committed.push(attempt.committed);
  }
  const next = part.commands.length === 1 ? afterOne(part, attempt) : afterMany(part, attempt);
  if (next.kind === 'poisonous') poisonous.push({ command: only, reason: reasonOf(next.error) });
  else {
    for (const rest of next.parts) {
      const result = await decidePart(deps, rest);
      committed.push(...result.committed);
      poisonous.push(...result.poisonous);
    }
  }
  return { committed, poisonous };
}

type Next =
  | { readonly kind: 'go on'; readonly parts: readonly Part[] }
  | { readonly kind: 'poisonous'; readonly error: unknown };

function afterOne({ commands, attempts }: Part, attempt: Attempt): Next {
  const failure = attempt.kind === 'failed' ? attempt : attempt.committed.undecided[0];
  if (failure === undefined) return { kind: 'go on', parts: [] };
  if (attempts <= 1) return { kind: 'poisonous', error: failure.error };
  return { kind: 'go on', parts: [{ commands, attempts: attempts - 1 }] };
}

function afterMany({ commands, attempts }: Part, attempt: Attempt): Next {
  // Whoever was found guilty in company has one attempt left, alone.
  const alone = (command: BookingCommand): Part => ({ commands: [command], attempts: ATTEMPTS - 1 });
  const together = (from: number, to = commands.length): Part => ({
    commands: commands.slice(from, to),
    attempts: ATTEMPTS,
  });
  if (attempt.kind === 'committed') {
    const undecided = new Set<unknown>(attempt.committed.undecided.map(({ command }) => command));
    return { kind: 'go on', parts: commands.filter((command) => undecided.has(command)).map(alone) };
  }
  const at = culpritOf(attempt.error, commands);
  const culprit = commands[at];
  if (culprit !== undefined) return { kind: 'go on', parts: [together(0, at), alone(culprit), together(at + 1)] };
  if (attempts > 1) return { kind: 'go on', parts: [{ commands, attempts: attempts - 1 }] };
  const half = Math.ceil(commands.length / 2);
  return { kind: 'go on', parts: [together(0, half), together(half)] };
}

/** The first command about what the refused write was for; should it be another about the same, that one is named next. */
function culpritOf(error: unknown, commands: readonly BookingCommand[]): number {
  if (!(error instanceof RefusedWriteError)) return -1;
  return commands.findIndex(
    (command) =>
      ('bookingId' in command && command.bookingId === error.owner) ||
      ('blockId' in command && command.blockId === error.owner),
  );
}

type Attempt =
  | { readonly kind: 'committed'; readonly committed: Committed }
  | { readonly kind: 'failed'; readonly error: unknown };

async function attemptOnce(deps: DecideBatchDeps, commands: readonly BookingCommand[]): Promise<Attempt> {
  for (let pauseMs = OUTAGE_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, OUTAGE_PAUSE_MAX_MS)) {
    deps.signal.throwIfAborted();
    try {
      return { kind: 'committed', committed: await deps.commit(commands) };
    } catch (error) {
      deps.onFailure({ error, commands: commands.length });
      if (error instanceof StaleLeaseError) throw error;
      if (!isOutage(error)) return { kind: 'failed', error };
      await deps.pause(pauseMs * (0.5 + Math.random() / 2), deps.signal);
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
