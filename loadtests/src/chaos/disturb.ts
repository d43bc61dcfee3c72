// Does what the plan says to the stack, at its time, and undoes all of it at the end.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '@onsale/local-services';
import type { TcpProxy } from '@onsale/testkit';
import { type ChaosStack, processes } from './chaos-stack.ts';
import { type Act, type ServiceName, services, wordsOf } from './plan.ts';

/** A process that was killed is started again within seconds; one that is not there for longer is no target. */
const ALIVE_LIMIT_MS = 30_000;
const FLAP_MS = { downMs: 300, upMs: 700 } as const;

export type Tally = { kills: number; others: number; missed: number };

export type Disturbing = {
  readonly tally: Tally;
  /** Resolves when every act is done and undone. */
  readonly done: Promise<void>;
};

export type DisturbOptions = { readonly acts: readonly Act[]; say(line: string): void };

export function disturb(stack: ChaosStack, { acts, say }: DisturbOptions): Disturbing {
  const tally: Tally = { kills: 0, others: 0, missed: 0 };
  const begunAt = performance.now();
  const one = async (act: Act) => {
    await sleep(Math.max(0, act.atMs - (performance.now() - begunAt)));
    const at = `${((performance.now() - begunAt) / 1000).toFixed(1).padStart(7)} s`;
    say(`${at}  ${wordsOf(act)}`);
    try {
      await perform(stack, act);
      if (act.kind === 'kill') tally.kills += 1;
      else tally.others += 1;
    } catch (error) {
      tally.missed += 1;
      say(`${at}  … could not be done: ${(error as Error).message}`);
    }
  };
  return { tally, done: Promise.all(acts.map(one)).then(() => undefined) };
}

/** Resolves when it is done and undone. */
async function perform(stack: ChaosStack, act: Act): Promise<void> {
  const service = services.find((name) => name === act.target);
  if (act.kind === 'kill')
    return service === undefined ? killProcess(stack, act.target) : stack.service(service).kill(act.forMs);
  if (act.kind === 'freeze') return freeze(stack, act);
  const links = linksOf(stack, act.target, act.service);
  for (const link of links) {
    if (act.kind === 'cut') link.cut();
    else if (act.kind === 'silence') link.freeze();
    else if (act.kind === 'delay') link.delay(act.byMs);
    else link.flap(FLAP_MS);
  }
  await sleep(act.forMs);
  for (const link of links) link.heal();
}

function linksOf(stack: ChaosStack, target: string, service: ServiceName): readonly TcpProxy[] {
  const named = processes.includes(target) ? [target] : processes;
  return named.map((name) => stack.link(name, service));
}

async function killProcess(stack: ChaosStack, name: string): Promise<void> {
  process.kill(await livingPid(stack, name), 'SIGKILL');
}

async function freeze(stack: ChaosStack, { target, forMs }: Act): Promise<void> {
  const service = services.find((name) => name === target);
  if (service !== undefined) {
    stack.service(service).signal('SIGSTOP');
    await sleep(forMs);
    return stack.service(service).signal('SIGCONT');
  }
  const pid = await livingPid(stack, target);
  process.kill(pid, 'SIGSTOP');
  await sleep(forMs);
  // It may have been killed while it stood still.
  if (isAlive(pid)) process.kill(pid, 'SIGCONT');
}

function livingPid(stack: ChaosStack, name: string): Promise<number> {
  const look = () => {
    const pid = stack.pidOf(name);
    return pid !== undefined && isAlive(pid) ? pid : undefined;
  };
  return waitUntil(look, { limitMs: ALIVE_LIMIT_MS, what: `a process of ${name}` });
}

function isAlive(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

const WELL_LIMIT_MS = 120_000;

/** Heals every link, wakes every service, and waits until the whole stack says it is ready. */
export async function makeWell(stack: ChaosStack): Promise<void> {
  for (const name of services) {
    const service = stack.service(name);
    for (const link of service.links.values()) link.heal();
    service.signal('SIGCONT');
    await service.settled();
  }
  const isWell = async () => {
    const how = stack.ended();
    if (how !== null) throw new Error(how);
    return fetch(`${stack.origin}/healthz`, { signal: AbortSignal.timeout(5_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await waitUntil(isWell, { limitMs: WELL_LIMIT_MS, everyMs: 500, what: 'a stack that is well again' }).catch(
    async (error: Error) => {
      throw new Error(`${error.message}\n${await whoIsNot(stack)}`);
    },
  );
}

async function whoIsNot(stack: ChaosStack): Promise<string> {
  const states = await Promise.all(processes.map(async (name) => ({ name, isReady: await stack.isReady(name) })));
  const reports = states.filter(({ isReady }) => !isReady).map(({ name }) => stack.report(name));
  return (await Promise.all(reports)).join('\n');
}
