// Rounds of chaos, one line each, kept in a file so that an interrupted run can go on.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ChaosStack, startChaosStack } from './chaos-stack.ts';
import { type ChaosOptions, WINDOW_MS } from './options.ts';
import { type RoundEnd, runRound } from './round.ts';

export type ChaosRun = { readonly options: ChaosOptions; readonly windowMs?: number; say(line: string): void };

type Kept = RoundEnd & { readonly round: number };

/** True when nothing was violated in any round. */
export async function runChaos({ options, windowMs = WINDOW_MS, say }: ChaosRun): Promise<boolean> {
  const { folder, seed, resume, rounds } = options;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'results.jsonl');
  if (!resume) rmSync(file, { force: true });
  const ends = readKept(file).filter((kept) => kept.seed === seed + kept.round);
  const first = resume ? Math.max(options.from, 1 + Math.max(0, ...ends.map(({ round }) => round))) : options.from;
  let stack: ChaosStack | null = null;
  try {
    for (let round = first; round < options.from + rounds; round++) {
      stack ??= await startFresh(folder, say);
      const end = await attempt(stack, { options, windowMs, round, say });
      ends.push({ ...end, round });
      appendFileSync(file, `${JSON.stringify({ ...end, round })}\n`);
      say(lineOf({ ...end, round }, options));
      if (stack.ended() === null && isGood(end)) continue;
      // The next round begins with a stack of its own, whatever this one was left in.
      await stack.stop();
      stack = null;
    }
  } finally {
    await stack?.stop();
  }
  say(summary(ends, options));
  return ends.every(isGood);
}

async function startFresh(folder: string, say: (line: string) => void): Promise<ChaosStack> {
  for (const data of ['services/data', 'data']) rmSync(join(folder, data), { recursive: true, force: true });
  const begunAt = performance.now();
  const stack = await startChaosStack(folder, say);
  say(`stack ready after ${((performance.now() - begunAt) / 1000).toFixed(1)} s at ${stack.origin}; logs in ${folder}`);
  return stack;
}

type Attempt = Required<ChaosRun> & { readonly round: number };

async function attempt(stack: ChaosStack, { options, windowMs, round, say }: Attempt): Promise<RoundEnd> {
  const { seed, fans, killsOfRound } = options;
  const profile = options.profile === 'mixed' ? (round % 2 === 1 ? 'club' : 'theatre') : options.profile;
  const ofRound = { seed: seed + round, kills: killsOfRound, windowMs, fans, profile } as const;
  const begunAt = performance.now();
  const protocol = join(options.folder, `round-${round}.txt`);
  rmSync(protocol, { force: true });
  const note = (text: string) => appendFileSync(protocol, `${text}\n`);
  const both = (line: string) => {
    say(line);
    note(line);
  };
  try {
    const end = await runRound(stack, ofRound, { say: both, note });
    if (!isGood(end)) say(readFileSync(protocol, 'utf8'));
    return end;
  } catch (error) {
    // A round that could not be brought to its end is a failure with its reason, and no end of the run.
    say(`round ${round}: ${(error as Error).stack}`);
    const seconds = Math.round((performance.now() - begunAt) / 1000);
    const none = { kills: 0, others: 0, missed: 0, sold: 0, deadLetters: 0, audited: false };
    return { ...none, seed: ofRound.seed, profile, fans, violations: 1, seconds };
  }
}

function readKept(file: string): Kept[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Kept);
}

const isGood = ({ violations, audited, deadLetters }: RoundEnd) => violations === 0 && audited && deadLetters === 0;

function lineOf(end: Kept, { seed, fans, from }: ChaosOptions): string {
  const verdict = isGood(end)
    ? '0 violations, the books are right'
    : `VIOLATED: ${end.violations} by the crowd, ${end.deadLetters} dead letters, books ${end.audited ? 'right' : 'WRONG'}; repeat: npm run chaos -- --seed ${seed} --from ${end.round} --rounds 1 --kills ${end.kills} --fans ${fans} --profile ${end.profile}`;
  const did = `${end.kills} kills, ${end.others} other disturbances${end.missed > 0 ? `, ${end.missed} missed` : ''}`;
  return `round ${end.round - from + 1} (seed ${end.seed}, ${end.profile})  ${did}  ${end.fans} fans, ${end.sold} tickets sold  ${verdict}  ${end.seconds} s`;
}

function summary(ends: readonly Kept[], { seed }: ChaosOptions): string {
  const sum = (pick: (end: Kept) => number) => ends.reduce((total, end) => total + pick(end), 0);
  const bad = ends.filter((end) => !isGood(end));
  return [
    '',
    `chaos, seed ${seed}: ${ends.length} rounds, ${Math.round(sum(({ seconds }) => seconds) / 60)} minutes`,
    `  kill -9               ${sum(({ kills }) => kills)}`,
    `  other disturbances    ${sum(({ others }) => others)}`,
    `  tickets sold          ${sum(({ sold }) => sold)}`,
    `  dead letters          ${Math.max(0, ...ends.map(({ deadLetters }) => deadLetters))}`,
    `  violations            ${sum(({ violations }) => violations)}`,
    bad.length === 0
      ? '  every round: nothing violated, the books are right'
      : `  VIOLATED in ${bad.map(({ round }) => `round ${round}`).join(', ')}`,
  ].join('\n');
}
