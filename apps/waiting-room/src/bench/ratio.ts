// A figure and its baseline, measured in turns (A B B A …) so that a machine that grows slower hurts both alike.

export type Figure = {
  /** In the unit of what is measured. */
  readonly value: number;
  /** What one operation costs the measured process, in microseconds of the processor; null where it is not known. */
  readonly cpuMicros: number | null;
};

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
  /** Medians of both. */
  readonly cpuMicros: { readonly value: number; readonly baseline: number } | null;
};

export type Measured = {
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  readonly goal: string;
  /** Even and at least six on a run that counts: each goes first as often as the other. */
  readonly rounds: number;
  /** One round each. */
  measure(): Promise<Figure>;
  baseline(): Promise<Figure>;
};

export async function measureRatio({ measure, baseline, rounds, ...named }: Measured): Promise<Ratio> {
  await measure();
  await baseline(); // both once unmeasured: code is compiled, connections are open
  const pairs: { figure: Figure; base: Figure }[] = [];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      const figure = await measure();
      pairs.push({ figure, base: await baseline() });
    } else {
      const base = await baseline();
      pairs.push({ figure: await measure(), base });
    }
  }
  const ratios = pairs.map(({ figure, base }) => figure.value / base.value);
  const bases = pairs.map(({ base }) => base.value);
  return {
    ...named,
    value: median(pairs.map(({ figure }) => figure.value)),
    baseline: median(bases),
    ratio: median(ratios),
    range: [Math.min(...ratios), Math.max(...ratios)],
    baselineSpread: (Math.max(...bases) - Math.min(...bases)) / median(bases),
    cpuMicros: cpuOf(pairs),
  };
}

function cpuOf(pairs: readonly { figure: Figure; base: Figure }[]): Ratio['cpuMicros'] {
  const [value, baseline] = [
    pairs.flatMap(({ figure }) => figure.cpuMicros ?? []),
    pairs.flatMap(({ base }) => base.cpuMicros ?? []),
  ];
  return value.length === 0 || baseline.length === 0 ? null : { value: median(value), baseline: median(baseline) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 0
    ? ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
    : (sorted[Math.floor(middle)] ?? 0);
}
