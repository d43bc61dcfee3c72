// The long forms of what the tests do in short: 10,000 random histories against the reference store, and 100 kills.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runKillTrials } from '../src/journal/kill-trials.ts';
import { runModel } from '../src/model/run-model.ts';

export async function run(say: (line: string) => void): Promise<unknown[]> {
  const model = await runModel({ runs: 10_000 });
  say(`  ${model.runs} histories of ${model.steps} steps: no divergence from the reference store, no violation`);
  const dataDir = mkdtempSync(join(tmpdir(), 'embedded-mongo-kills-'));
  const kills = await runKillTrials({
    trials: 100,
    entry: join(import.meta.dirname, 'main.js'),
    dataDir,
    seed: Date.now() % 2 ** 31,
  });
  rmSync(dataDir, { recursive: true, force: true });
  say(
    `  ${kills.trials} kills: ${kills.acknowledged} acknowledged transactions, ${kills.lost} lost, ${kills.halves} half`,
  );
  if (kills.lost + kills.halves > 0) throw new Error('acknowledged writes were lost, or half a transaction is there');
  return [model, kills];
}
