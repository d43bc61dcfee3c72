// Processes that we started and therefore may end. Each leaves a record (id and start time) in a folder for as long
// as it runs, so that a later run can end what a crashed one left behind, and never anything else.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';
import { waitUntil } from './wait-until.ts';

export interface OwnedProcessSpec {
  name: string;
  command: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  /** Where the record is kept while the process runs. */
  recordDir: string;
  /** Receives everything the process prints; the previous run's log is kept beside it as `.1`. */
  logFile: string;
}

export interface OwnedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Settles when the process has ended, with one sentence on how. */
  readonly ended: Promise<string>;
  isRunning(): boolean;
  /** Asks it to end (SIGTERM), waits at most `graceMs`, then forces it (SIGKILL). Resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

/** Starts a process of its own session, so that Ctrl-C in our terminal reaches only us and we end it in order. */
export async function startOwned(spec: OwnedProcessSpec): Promise<OwnedProcess> {
  const child = spawnLogged(spec);
  const pid = await startedPid(child, spec);
  const identity = identify(pid);
  const recordFile = join(spec.recordDir, `${spec.name}.json`);
  if (identity) writeRecord(recordFile, identity);

  let running = true;
  const ended = new Promise<string>((resolve) => {
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      running = false;
      rmSync(recordFile, { force: true });
      resolve(signal ? `ended by ${signal}` : `exit code ${code}`);
    };
    if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
    else child.once('exit', onExit);
  });

  const stop = async (graceMs: number) => {
    if (!running) return;
    child.kill('SIGTERM');
    const force = setTimeout(() => forceGroup(pid), graceMs);
    await ended;
    clearTimeout(force);
  };
  return { name: spec.name, pid, logFile: spec.logFile, ended, isRunning: () => running, stop };
}

/** Ends every still running process that has a record in the folder. Returns the names of those that were ended. */
export async function endRecorded(records: Record<string, ProcessIdentity>, graceMs: number): Promise<string[]> {
  const names: string[] = [];
  for (const [name, identity] of Object.entries(records)) {
    if (!isRunning(identity)) continue;
    names.push(name);
    process.kill(identity.pid, 'SIGTERM');
    const what = `the end of ${name}`;
    await waitUntil(() => !isRunning(identity), { limitMs: graceMs, what }).catch(() => forceGroup(identity.pid));
  }
  return names;
}

export function writeRecord(file: string, identity: ProcessIdentity): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(identity));
}

/** The record in a file, or undefined when there is none or it is not one. */
export function readRecord(file: string): ProcessIdentity | undefined {
  try {
    const record: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof record !== 'object' || record === null) return undefined;
    const { pid, startedAt } = record as Partial<ProcessIdentity>;
    return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined;
  } catch {
    return undefined;
  }
}

function spawnLogged(spec: OwnedProcessSpec): ChildProcess {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  try {
    renameSync(spec.logFile, `${spec.logFile}.1`);
  } catch {
    // There was no earlier log.
  }
  const log = openSync(spec.logFile, 'a');
  try {
    return spawn(spec.command, spec.args, {
      cwd: spec.cwd,
      env: spec.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

function startedPid(child: ChildProcess, spec: OwnedProcessSpec): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${spec.name}: ${spec.command} does not start`, { cause: error })));
    child.once('spawn', () => resolve(child.pid as number));
  });
}

// The whole group, so that helper processes of a forced server (an Erlang port, for one) go with it.
export function forceGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
