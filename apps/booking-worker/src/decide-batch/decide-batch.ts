// Brings a batch of commands to an end: decided and committed, or set aside. An outage is waited out, because commands
// may wait in their queue but may not be lost; a batch that keeps failing for another reason is cut in half until the
// poisonous command stands alone.
import { type Committed, isOutage, StaleLeaseError } from '@onsale/booking-mongo';
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
export async function decideBatch(deps: DecideBatchDeps, commands: readonly BookingCommand[]): Promise<BatchResult> {
  if (commands.length === 0) return { committed: [], poisonous: [] };
  for (let attempt = 1; ; attempt++) {
    const result = await attemptOnce(deps, commands);
    if (result.kind === 'committed') return { committed: [result.committed], poisonous: [] };
    if (attempt < ATTEMPTS) continue;
    const [only] = commands;
    if (commands.length === 1 && only !== undefined) {
      return { committed: [], poisonous: [{ command: only, reason: reasonOf(result.error) }] };
    }
    const half = Math.ceil(commands.length / 2);
    const first = await decideBatch(deps, commands.slice(0, half));
    const second = await decideBatch(deps, commands.slice(half));
    return {
      committed: [...first.committed, ...second.committed],
      poisonous: [...first.poisonous, ...second.poisonous],
    };
  }
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
