// Bookings of a sale: found by number, name or address, refunded whole or in part; and a performance that does not take place.
import type { PerformanceView, SaleView, StaffBookingView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { organizerApi } from '../../api/organizer-api.ts';
import { formatMoney, t } from '../../language/language.ts';
import { TextField } from '../form/fields.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { type OfSale, WithPerformance } from '../performances.tsx';
import { useSession } from '../staff-session.ts';
import { CancellationPart } from './cancellation.tsx';
import { RefundForm } from './refund-form.tsx';

const SEARCH_LEAST = 3;

export function BookingsSection(props: OfSale) {
  const session = useSession();
  return (
    <div class="console-part">
      <BookingSearch {...props} />
      {session.mayUse('getCancellation') && (
        <WithPerformance {...props}>
          {(performance: PerformanceView) => <CancellationPart performance={performance} />}
        </WithPerformance>
      )}
    </div>
  );
}

function BookingSearch({ event, sale }: OfSale) {
  const acting = useAct();
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<readonly StaffBookingView[]>([]);
  const ask = async () => {
    const answer = await acting.act(() => organizerApi.findBookings(sale.id, search.trim()), '');
    setFound(answer?.body.bookings ?? []);
    return answer?.body.bookings.length;
  };
  const [count, setCount] = useState<number | undefined>();
  const send = async (submitted: Event) => {
    submitted.preventDefault();
    setCount(await ask());
  };
  const nameOf = (id: string) => event.performances.find((performance) => performance.id === id)?.name ?? id;
  return (
    <section class="card" aria-labelledby="bookings">
      <h2 id="bookings">{t('staff.bookings')}</h2>
      <form class="search-form" onSubmit={send}>
        <TextField label={t('staff.bookingSearch')} value={search} onChange={setSearch} maxLength={254} />
        <button type="submit" class="button primary" disabled={acting.busy || search.trim().length < SEARCH_LEAST}>
          {t('staff.find')}
        </button>
      </form>
      <p role="status">{count !== undefined && t('staff.bookingsFound', { count })}</p>
      <ul class="rows">
        {found.map((booking) => (
          <li key={booking.id} aria-label={booking.contact.name}>
            <FoundBooking booking={booking} sale={sale} performanceName={nameOf(booking.performanceId)} changed={ask} />
          </li>
        ))}
      </ul>
      <Told {...acting} />
    </section>
  );
}

type FoundProps = {
  booking: StaffBookingView;
  sale: SaleView;
  performanceName: string;
  changed: () => Promise<unknown>;
};

function FoundBooking({ booking, performanceName, changed }: FoundProps) {
  const session = useSession();
  const { contact, items, state, total, id } = booking;
  const isBought = state === 'confirmed' && items.length > 0;
  return (
    <>
      <div>
        <p>
          <b>{contact.name}</b> <span class="soft">{contact.email}</span>
        </p>
        <p class="soft">
          {performanceName} · {t('staff.places', { count: items.length })}
          {total && ` · ${formatMoney(total)}`} · {t(`staff.state_${state}`)}
        </p>
        <p class="soft booking-id">{id}</p>
      </div>
      {isBought && session.mayUse('refundBooking') && (
        <RefundForm key={items.length} booking={booking} changed={changed} />
      )}
    </>
  );
}
