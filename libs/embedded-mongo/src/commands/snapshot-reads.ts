// Reads at a snapshot outside of transactions: each tells its logical time, and later reads may ask for that time again
// for as long as the real server keeps it.
import { ServerError } from '../errors.ts';
import type { Engine } from '../storage/engine.ts';
import type { View } from '../storage/version.ts';
import { type Doc, isDoc } from '../values/types.ts';

const reads = new Set(['find', 'aggregate', 'distinct']);
const keptMs = 5 * 60_000;
// Each keeps old versions of what has changed since.
const keptMax = 1000;

type Kept = { readonly tick: number; readonly untilMs: number };
type Reading = { readonly name: string; readonly command: Doc; readonly now: Date; readonly explicit: unknown };

/** What a snapshot read sees, and the time it tells. */
export type Snapshot = { readonly view: View; readonly atClusterTime: unknown };

export class SnapshotReads {
  private readonly engine: Engine;
  private readonly kept = new Map<string, Kept>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Null where the command asks for no snapshot of its own. Throws where it cannot have one. */
  open({ name, command, now, explicit }: Reading): Snapshot | null {
    const concern = isDoc(command.readConcern) ? command.readConcern : {};
    const { level, atClusterTime } = concern;
    if (atClusterTime !== undefined && level !== 'snapshot')
      throw new ServerError(72, "readConcern 'atClusterTime' needs the level 'snapshot'");
    if (level !== 'snapshot') return null;
    if (explicit !== null) {
      if (atClusterTime === undefined) return null;
      throw new ServerError(238, 'atClusterTime in a transaction is not implemented by the embedded server');
    }
    if (!reads.has(name)) throw new ServerError(72, `the readConcern level 'snapshot' is not supported by ${name}`);
    if (atClusterTime === undefined) return this.keep(now.getTime());
    const found = this.kept.get(String(atClusterTime));
    if (found === undefined) throw new ServerError(239, 'the snapshot of that time is not kept any more');
    return { view: { tick: found.tick, writer: null }, atClusterTime };
  }

  expire(nowMs: number): void {
    for (const [time, { untilMs }] of this.kept) if (untilMs <= nowMs) this.release(time);
  }

  private release(time: string): void {
    const found = this.kept.get(time);
    this.kept.delete(time);
    if (found !== undefined) this.engine.releaseSnapshot(found.tick);
  }

  private keep(nowMs: number): Snapshot {
    const atClusterTime = this.engine.clusterTime(Math.floor(nowMs / 1000));
    const tick = this.engine.now;
    if (!this.kept.has(String(atClusterTime))) {
      for (const oldest of this.kept.size < keptMax ? [] : [...this.kept.keys()].slice(0, 1)) this.release(oldest);
      this.engine.holdSnapshot(tick);
      this.kept.set(String(atClusterTime), { tick, untilMs: nowMs + keptMs });
    }
    return { view: { tick, writer: null }, atClusterTime };
  }
}
