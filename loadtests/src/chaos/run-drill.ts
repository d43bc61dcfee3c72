// One drill on a stack of its own.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startChaosStack } from './chaos-stack.ts';
import { drillOutages } from './drill-outages.ts';
import { drillRestarts } from './drill-restarts.ts';
import type { ChaosOptions } from './options.ts';

/** Longer than a heartbeat of the broker and a limit of the database's driver. */
const AWAY_MS = 8_000;

/** True when its goal was reached. */
export async function runDrill(
  { drill, folder: parent, fans, seed, awayMs = AWAY_MS }: ChaosOptions & { readonly awayMs?: number },
  say: (line: string) => void,
): Promise<boolean> {
  const folder = join(parent, 'drill');
  rmSync(folder, { recursive: true, force: true });
  const stack = await startChaosStack(folder, say);
  try {
    const good =
      drill === 'restarts'
        ? await drillRestarts(stack, { fans, seed, say })
        : await drillOutages(stack, { awayMs, say });
    say(good ? 'the goal was reached' : 'the goal was MISSED');
    return good;
  } finally {
    await stack.stop();
  }
}
