// All sales: who waits, who is inside, what is sold, and which of them needs a hand, read every two seconds.
import type { SaleAtAGlance, SaleView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { SaleStatus } from '../../events/sale-status.tsx';
import { formatCount, t } from '../../language/language.ts';
import { Figures } from '../figures.tsx';
import { formatTenths } from '../operate/tenths.ts';
import type { OfSale } from '../performances.tsx';
import { useSession } from '../staff-session.ts';

const READ_EVERY_MS = 2_000;

export function AllSales({ all }: { all: readonly OfSale[] }) {
  const glances = useGlances();
  if (all.length === 0) return <p class="lead">{t('staff.noSales')}</p>;
  return (
    <ul class="console-sales">
      {all.map(({ event, sale }) => (
        <li key={sale.id}>
          <a href={`/staff/sales/${sale.id}`}>
            <b>{event.title}</b> <span class="soft">{sale.name}</span>
            <SaleStatus sale={sale} timeZone={event.venue.timeZone} />
            <Glance sale={sale} glance={glances.find(({ saleId }) => saleId === sale.id)} />
          </a>
        </li>
      ))}
    </ul>
  );
}

function useGlances(): readonly SaleAtAGlance[] {
  const session = useSession();
  const [glances, setGlances] = useState<readonly SaleAtAGlance[]>([]);
  const isAllowed = session.mayUse('watchSales');
  useEffect(() => {
    if (!isAllowed) return;
    const read = async () => {
      const answer = await staffApi.watchSales();
      if (answer.kind === 'ok') setGlances(answer.body.sales);
    };
    void read();
    const timer = setInterval(() => void read(), READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [isAllowed]);
  return glances;
}

function Glance({ sale, glance }: { sale: SaleView; glance: SaleAtAGlance | undefined }) {
  if (glance === undefined) return null;
  const { waiting, active, maxActive, callsPerMinute, sold, capacity, shopDelayMs, reason } = glance;
  const figures = [
    ['waiting', formatCount(waiting)],
    ['active', `${formatCount(active)} / ${formatCount(maxActive)}`],
    ['rate', formatTenths(callsPerMinute)],
    ['sold', `${formatCount(sold)} / ${formatCount(capacity)}`],
    ['delay', shopDelayMs === null ? '–' : `${formatCount(Math.round(shopDelayMs))} ms`],
  ] as const;
  return (
    <>
      <Figures class="glance" figures={figures} />
      <p class={glance.isLed ? 'soft' : 'problem'}>{glance.isLed ? reason : t('ops.unled', { name: sale.name })}</p>
    </>
  );
}
