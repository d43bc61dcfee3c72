// R4: every process of the stack asked to stop and started again, one after the other, under half the load of a sale.
// Nobody may notice: no answer 5xx, no broken connection, no lost place, no failed booking.
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '@onsale/local-services';
import { readOptions } from '../options.ts';
import { type Profile, profiles } from '../profiles.ts';
import { runCrowd } from '../run-crowd.ts';
import { type ChaosStack, processes } from './chaos-stack.ts';
import { makeWell } from './disturb.ts';

export type RestartsOptions = {
  readonly fans: number;
  readonly seed: number;
  /** Which are restarted, in this order; all by default. */
  readonly names?: readonly string[];
  say(line: string): void;
};

const RESTART_LIMIT_MS = 60_000;
/** As an orchestrator waits between two, so that whoever looked away looks back. */
const BETWEEN_MS = 1_500;

/** True when nothing was violated. */
export async function drillRestarts(
  stack: ChaosStack,
  { fans, seed, names = processes, say }: RestartsOptions,
): Promise<boolean> {
  let restarting = Promise.resolve();
  const { held } = await runCrowd({
    options: readOptions(['--profile', 'club', '--fans', String(fans), '--seed', String(seed)]),
    stack: {
      origin: stack.origin,
      admin: stack.admin,
      local: { mongoUri: stack.urlOf('mongodb'), pidOf: stack.pidOf },
    },
    say,
    storm: {
      profile: halfLoad(fans),
      graceMs: 0,
      begin: (opensAt) => {
        restarting = sleep(Math.max(0, opensAt - Date.now())).then(() => restartAll(stack, { names, say }));
      },
      calm: async () => {
        await restarting;
        await makeWell(stack);
      },
    },
  });
  return held;
}

async function restartAll(
  stack: ChaosStack,
  { names, say }: { readonly names: readonly string[]; say(line: string): void },
): Promise<void> {
  for (const name of names) {
    const begunAt = performance.now();
    const former = stack.pidOf(name);
    if (former === undefined) throw new RangeError(`there is no ${name}`);
    process.kill(former, 'SIGTERM');
    const isBack = async () => stack.pidOf(name) !== former && (await stack.isReady(name));
    await waitUntil(isBack, { limitMs: RESTART_LIMIT_MS, everyMs: 100, what: `the restart of ${name}` });
    say(`restarted ${name} in ${((performance.now() - begunAt) / 1000).toFixed(1)} s`);
    await sleep(BETWEEN_MS);
  }
}

/** Half of what the club's sale calls in a minute, for about as long as all restarts take. */
function halfLoad(fans: number): Profile {
  const { club } = profiles;
  const ratePerMinute = club.terms.ratePerMinute / 2;
  return {
    ...club,
    fans,
    generalAdmission: fans,
    joinedBeforeOpening: 0.5,
    restWithinSeconds: (fans / ratePerMinute) * 60,
    terms: { ...club.terms, ratePerMinute },
  };
}
