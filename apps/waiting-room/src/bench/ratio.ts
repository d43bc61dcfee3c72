// A figure and its baseline, measured in turns (A B B A …) so that a machine that grows slower hurts both alike.

export type Ratio = {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly goal: string;
  readonly value: number;
  readonly baseline: number;
  /** Median of the rounds' own ratios, and the least and the greatest of them. */
  readonly ratio: number;
  readonly range: readonly [number, number];
  /** (greatest − least) / median of the baseline; above 0.15 the machine was too busy to trust the run. */
  readonly baselineSpread: number;
};

const ROUNDS = 6; // at least five, and even, so that each goes first as often as the other

export type Measured = {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly goal: string;
  /** One round each; the result in `unit`. */
  measure(): Promise<number>;
  baseline(): Promise<number>;
};

export async function measureRatio({ measure, baseline, ...named }: Measured): Promise<Ratio> {
  await measure();
  await baseline(); // both once unmeasured: code is compiled, connections are open
  const pairs: { value: number; base: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round % 2 === 0) {
      const value = await measure();
      pairs.push({ value, base: await baseline() });
    } else {
      const base = await baseline();
      pairs.push({ value: await measure(), base });
    }
  }
  const ratios = pairs.map(({ value, base }) => value / base);
  const bases = pairs.map(({ base }) => base);
  return {
    ...named,
    value: median(pairs.map(({ value }) => value)),
    baseline: median(bases),
    ratio: median(ratios),
    range: [Math.min(...ratios), Math.max(...ratios)],
    baselineSpread: (Math.max(...bases) - Math.min(...bases)) / median(bases),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 0
    ? ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
    : (sorted[Math.floor(middle)] ?? 0);
}
