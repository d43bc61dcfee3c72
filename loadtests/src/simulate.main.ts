// npm run simulate: sales in simulated time, with the product's own rules and client code.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type ProfileName, profiles } from './profiles.ts';
import { manySales, oneSale, servedWholeLine } from './simulate/run-simulations.ts';

const USAGE = `npm run simulate -- [options]
  --fans N,N     lines to simulate one after the other (default 10000,100000,1000000; up to 10000000)
  --minutes N    in which each whole line is served (default 60); its rate follows
  --profile P    instead: a sale of the rehearsals, ${Object.keys(profiles).join(', ')}, which sells out; --fans sets its crowd
  --leave N      share of the fans who give up (default 0.4)
  --say-so N     of those who close the page without leaving, the share whose page says so (default 0.9)
  --sales N      small sales of all kinds for the accuracy of waits and chances (default 1000; 0 for none)
  --seed N       the same again (default 1)`;

const FANS_MAX = 10_000_000;

const options = z.object({
  fans: z.string().optional(),
  minutes: z.coerce.number().positive().default(60),
  profile: z.enum(Object.keys(profiles) as [ProfileName, ...ProfileName[]]).optional(),
  leave: z.coerce.number().min(0).max(0.9).default(0.4),
  'say-so': z.coerce.number().min(0).max(1).default(0.9),
  sales: z.coerce.number().int().min(0).optional(),
  seed: z.coerce.number().int().default(1),
});

function main(): void {
  const text = { type: 'string' as const };
  const { values } = parseArgs({
    options: { fans: text, minutes: text, profile: text, leave: text, 'say-so': text, sales: text, seed: text },
  });
  const parsed = options.safeParse(values);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    refuse(`--${issue?.path.join('.')}: ${issue?.message}`);
    return;
  }
  const { minutes, profile, leave: leaving, 'say-so': pagesSaySo, seed } = parsed.data;
  const leavers = { leaving, pagesSaySo };
  const sizes = parsed.data.fans?.split(',').map(Number);
  if (sizes?.some((fans) => !Number.isInteger(fans) || fans < 1 || fans > FANS_MAX)) {
    refuse(`--fans: whole numbers from 1 to ${FANS_MAX}, with commas between`);
    return;
  }
  if (profile === undefined) {
    for (const fans of sizes ?? [10_000, 100_000, 1_000_000])
      print(servedWholeLine({ fans, minutes, seed, ...leavers }));
  } else {
    for (const fans of sizes ?? [null]) print(oneSale({ profile, fans, seed, ...leavers }));
  }
  const sales = parsed.data.sales ?? (profile === undefined ? 1000 : 0);
  if (sales > 0) print(manySales({ sales, seed, ...leavers }));
}

function print({ title, lines }: { readonly title: string; readonly lines: readonly string[] }): void {
  console.log(`${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

function refuse(why: string): void {
  console.error(`${why}\n${USAGE}`);
  process.exitCode = 2;
}

if (process.argv.includes('--help')) console.log(USAGE);
else main();
