// The folder of one run: who owns it, and what it has started. At most one living owner at a time; what a dead owner
// left running is ended before the next one begins.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { endRecorded, forceGroup, readRecord, writeRecord } from './owned-process.ts';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

const OWNER = 'owner.json';
/** Long enough for a broker to close its files after a crash of its owner. */
const LEFTOVER_GRACE_MS = 10_000;

export type Claim = { kind: 'claimed'; endedLeftovers: string[] } | { kind: 'taken'; ownerPid: number };

/** Makes this process the owner of the folder, unless another living process is. */
export async function claimRunFolder(recordDir: string): Promise<Claim> {
  mkdirSync(recordDir, { recursive: true });
  const owner = readRecord(join(recordDir, OWNER));
  if (owner && owner.pid !== process.pid && isRunning(owner)) return { kind: 'taken', ownerPid: owner.pid };

  const endedLeftovers = await endRecorded(recordsIn(recordDir), LEFTOVER_GRACE_MS);
  for (const file of readdirSync(recordDir)) rmSync(join(recordDir, file), { force: true });
  const self = identify(process.pid);
  if (self) writeRecord(join(recordDir, OWNER), self);
  return { kind: 'claimed', endedLeftovers };
}

/** Gives the folder back. Records of processes that still run stay, for the next owner to end. */
export function releaseRunFolder(recordDir: string): void {
  rmSync(join(recordDir, OWNER), { force: true });
}

/** Kills everything that has a record in the folder, at once. For an end that must not wait. */
export function forceRecorded(recordDir: string): void {
  for (const identity of Object.values(recordsIn(recordDir))) if (isRunning(identity)) forceGroup(identity.pid);
}

function recordsIn(recordDir: string): Record<string, ProcessIdentity> {
  const records: Record<string, ProcessIdentity> = {};
  for (const file of readdirSync(recordDir)) {
    const record = file === OWNER || !file.endsWith('.json') ? undefined : readRecord(join(recordDir, file));
    if (record) records[basename(file, '.json')] = record;
  }
  return records;
}
