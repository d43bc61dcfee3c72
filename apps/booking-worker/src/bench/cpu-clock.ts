// What each process of the bench used of the processor: the cost of a booking by process. Linux only; elsewhere zero.
import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU seconds of a process so far, user and system. */
export function cpuSecondsOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

export type CpuClock = {
  /** Microseconds of each process for one of `operations`, in words: `worker 210 µs, mongodb 300 µs`. */
  per(operations: number): string;
  /** The same as figures. */
  microsPer(operations: number): Readonly<Record<string, number>>;
};

/** Begins to count now. */
export function cpuClock(pids: Readonly<Record<string, number>>): CpuClock {
  const from = Object.entries(pids).map(([name, pid]) => ({ name, pid, seconds: cpuSecondsOf(pid) }));
  const microsPer = (operations: number) =>
    Object.fromEntries(
      from.map(({ name, pid, seconds }) => [name, ((cpuSecondsOf(pid) - seconds) / operations) * 1e6]),
    );
  return {
    microsPer,
    per: (operations) =>
      Object.entries(microsPer(operations))
        .map(([name, micros]) => `${name} ${Math.round(micros)} µs`)
        .join(', '),
  };
}
