// The table at the end: what happened, how long it took, and every rule with its verdict.
import { type CrowdBook, rules, timings } from '../crowd-book.ts';

export type RunFacts = {
  readonly what: string;
  readonly seconds: number;
  readonly sold: number;
  readonly stock: number;
};

export function verdictOf(book: CrowdBook, facts: RunFacts): string {
  return [
    '',
    `${facts.what}, ${facts.seconds.toFixed(1)} s, ${facts.sold} of ${facts.stock} tickets sold`,
    '',
    ...table('fans ended', book.ends),
    ...table('bookings refused', book.rejections),
    ...table('answers', book.answers),
    ...timeTable(book),
    ...ruleTable(book),
  ].join('\n');
}

function table(title: string, counts: ReadonlyMap<string, number>): string[] {
  if (counts.size === 0) return [];
  const rows = [...counts].sort(([a], [b]) => a.localeCompare(b));
  return [title, ...rows.map(([name, count]) => `  ${name.padEnd(48)} ${String(count).padStart(9)}`), ''];
}

function timeTable(book: CrowdBook): string[] {
  const head = `${'milliseconds'.padEnd(32)}${['count', 'p50', 'p95', 'p99', 'max'].map((name) => name.padStart(9)).join('')}`;
  const rows = timings.flatMap((timing) => {
    const times = book.times.get(timing);
    if (times === undefined || times.totalCount === 0) return [];
    const figures = [
      times.totalCount,
      ...[50, 95, 99].map((share) => times.getValueAtPercentile(share)),
      times.maxValue,
    ];
    return [`  ${timing.padEnd(30)}${figures.map((figure) => String(figure).padStart(9)).join('')}`];
  });
  return [head, ...rows, ''];
}

function ruleTable(book: CrowdBook): string[] {
  const rows = rules.flatMap((rule) => {
    const { count, examples } = book.violations.get(rule) ?? { count: 0, examples: [] };
    const verdict = count === 0 ? 'no ' : 'YES';
    return [
      `  ${verdict} ${rule.padEnd(52)} ${String(count).padStart(6)}`,
      ...examples.map((example) => `        ${example}`),
    ];
  });
  return ['did it happen that …', ...rows, ''];
}
