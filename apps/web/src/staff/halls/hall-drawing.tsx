// A hall drawn small: one path for each category, so that twenty thousand seats cost no more than twenty.
import type { PlanReport } from '@onsale/contracts';
import { t } from '../../language/language.ts';

type Holds = NonNullable<PlanReport['holds']>;
type Props = Pick<Holds, 'name' | 'plan' | 'categories'>;

/** Where the file says no colour; told apart also by their lightness. */
const COLORS = ['#2a6f97', '#b8860b', '#4f7f3a', '#8a4fa3', '#a63d40', '#3a7d7c'];
const MARGIN = 12;
const SEAT_WIDTH = 12;

export function HallDrawing({ name, plan, categories }: Props) {
  const { width, height, focus } = plan;
  const paths = pathsOf(plan);
  const colored = categories.map((category, i) => ({ ...category, fill: colorOf(category.color, i) }));
  const box = [-MARGIN, -MARGIN, width + 2 * MARGIN, height + 2 * MARGIN].join(' ');
  return (
    <figure class="hall-drawing">
      <svg viewBox={box} role="img" aria-label={t('staff.hallDrawing', { name })}>
        <circle class="hall-focus" cx={focus.x} cy={focus.y} r={SEAT_WIDTH} />
        {colored.map(({ id, fill }) => (
          <path key={id} d={paths.get(id) ?? ''} stroke={fill} stroke-width={SEAT_WIDTH} stroke-linecap="round" />
        ))}
      </svg>
      <figcaption>
        {colored.map(({ id, fill, seats, name: words }) => (
          <span key={id} class="hall-category">
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <circle cx="6" cy="6" r="6" fill={fill} />
            </svg>
            {t('staff.hallCategory', { name: words, seats })}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function colorOf(color: string | null, i: number): string {
  return color !== null && /^#[0-9a-f]{6}$/i.test(color) ? color : (COLORS[i % COLORS.length] ?? '#555555');
}

function pathsOf({ sections }: Holds['plan']): ReadonlyMap<string, string> {
  const dots = new Map<string, string[]>();
  for (const { rows } of sections) {
    for (const { seats } of rows) {
      for (const { x, y, categoryId } of seats) {
        const known = dots.get(categoryId);
        // A line of no length with round ends is a dot.
        if (known === undefined) dots.set(categoryId, [`M${x} ${y}h0`]);
        else known.push(`M${x} ${y}h0`);
      }
    }
  }
  return new Map([...dots].map(([id, all]) => [id, all.join('')]));
}
