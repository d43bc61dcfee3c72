// The phases of a draft on one line of time: a pale bar while fans gather, a full one while it is open. Said in words, too.
import type { EventView, SaleDraftBody } from '@onsale/contracts';
import { formatDateTime, t } from '../../language/language.ts';

const WIDTH = 600;
const BAR = { height: 22, gap: 8 };

export function Timeline({ event, plan: { phases } }: { event: EventView; plan: SaleDraftBody }) {
  const times = phases.flatMap(({ prequeueOpensAt, closesAt }) => [Date.parse(prequeueOpensAt), Date.parse(closesAt)]);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  if (phases.length === 0 || !(to > from)) return null;
  const x = (at: string) => Math.round(((Date.parse(at) - from) / (to - from)) * WIDTH);
  const width = (a: string, b: string) => Math.max(2, x(b) - x(a));
  const at = (time: string) => formatDateTime(time, event.venue.timeZone);
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{t('staff.timeline')}</h2>
      <svg class="timeline" viewBox={`0 0 ${WIDTH} ${phases.length * (BAR.height + BAR.gap)}`} aria-hidden="true">
        {phases.map(({ prequeueOpensAt, opensAt, closesAt }, i) => {
          const y = i * (BAR.height + BAR.gap);
          return (
            <g key={`${i} ${opensAt}`}>
              <rect
                class="timeline-prequeue"
                x={x(prequeueOpensAt)}
                y={y}
                height={BAR.height}
                width={width(prequeueOpensAt, opensAt)}
              />
              <rect class="timeline-open" x={x(opensAt)} y={y} height={BAR.height} width={width(opensAt, closesAt)} />
            </g>
          );
        })}
      </svg>
      <ol>
        {phases.map(({ kind, prequeueOpensAt, opensAt, closesAt }, i) => (
          <li key={`${i} ${opensAt}`}>
            {t('staff.timelinePhase', {
              name: t(kind === 'presale' ? 'staff.draftPresale' : 'staff.draftGeneral'),
              ...{ prequeue: at(prequeueOpensAt), opens: at(opensAt), closes: at(closesAt) },
            })}
          </li>
        ))}
      </ol>
    </section>
  );
}
