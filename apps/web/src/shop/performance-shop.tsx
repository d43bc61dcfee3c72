// Choosing places for one performance: quickly by number and price, on the plan, or from the list. All three fill the
// same basket; the bar at the foot of the page leads on.
import type { EventView, PassView, PerformanceView, SaleView } from '@onsale/contracts';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { CheckoutForm } from '../booking/checkout-form.tsx';
import { formatDateTime, t } from '../language/language.ts';
import { navigate, useAddress } from '../routing/location.ts';
import { Heading, Loading, NotFoundPage, UnreachablePage } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { AccessibleChoice } from './accessible-choice.tsx';
import type { Availability } from './availability.ts';
import { BasketBar } from './basket-bar.tsx';
import { PlacesBeside } from './places-beside.tsx';
import { PriceFilter } from './price-filter.tsx';
import { QuickChoice } from './quick-choice.tsx';
import { betterSeats, rulesMap } from './seat-advice.ts';
import { SeatList } from './seat-list.tsx';
import { type SeatMap, seatMap, specialSeats } from './seat-map.ts';
import { SeatPlan } from './seat-plan.tsx';
import {
  type Basket,
  basketLines,
  itemsOf,
  keepBasket,
  type Mode,
  readBasket,
  stillFree,
  toggleSeat,
} from './selection.ts';
import { useAvailability } from './use-availability.ts';
import { viewHint } from './view-hint.ts';

type Props = { sale: SaleView; event: EventView | null; performanceId: string; pass: PassView };

export function PerformanceShop(props: Props) {
  const { asked, again } = useAnswer(props.performanceId, () => fanApi.getPerformance(props.performanceId));
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind === 'problem') return <NotFoundPage />;
  if (asked.kind === 'unreachable') return <UnreachablePage retry={again} />;
  return <Choice {...props} performance={asked.body} />;
}

function Choice({ sale, event, pass, performance }: Props & { performance: PerformanceView }) {
  const { query } = useAddress();
  const { categories, plan } = performance;
  const map = useMemo(() => (plan === null ? null : seatMap(plan, categories)), [performance]);
  const [basket, setBasket] = useBasket(performance.id, map);
  const availability = useAvailability(performance.id, {
    pass: pass.pass,
    categoryOf: (id) => map?.seats[map.byId.get(id) ?? -1]?.categoryId ?? null,
  });
  const [told, setTold] = useState('');
  useLostSeats(basket, availability, (seatIds, lost) => {
    setBasket({ ...basket, seatIds });
    setTold(t('shop.seatLost', { count: lost.length }));
  });
  const rules = useMemo(() => (plan === null ? null : rulesMap(plan)), [performance]);
  const better =
    rules === null || !performance.rules.noSingles || basket.mode === 'quick' || availability === null
      ? null
      : betterSeats(rules, basket.seatIds, availability.taken);
  const limit = Math.min(sale.limits.seatsPerBooking, sale.limits.seatsPerFan);
  const lines = basketLines(basket, { categories, map, seatLabel: (seat) => t('seats.label', { ...seat }) });
  const items = itemsOf(basket, categories);
  const here = `/sales/${sale.id}/shop/${performance.id}`;
  if (query.get('step') === 'details' && items !== null) {
    return <CheckoutForm performance={performance} event={event} lines={lines} items={items} backTo={here} />;
  }
  const toggle = (seatId: string) => {
    const toggled = toggleSeat(basket.seatIds, seatId, limit - countOf(basket.places));
    setTold(toggled.kind === 'full' ? t('shop.full', { count: limit }) : seenFrom(map, seatId, toggled.kind));
    if (toggled.kind !== 'full') setBasket({ ...basket, seatIds: toggled.seatIds });
  };
  return (
    <section class={`choice choice-${basket.mode}`}>
      <header class="choice-head">
        <Heading>
          <bdi>{performance.name}</bdi>
        </Heading>
        <p class="soft">{formatDateTime(performance.startsAt, event?.venue.timeZone)}</p>
        {sale.performanceIds.length > 1 && <a href={`/sales/${sale.id}/shop`}>{t('shop.otherDate')}</a>}
      </header>
      {map !== null && <ModeSwitch mode={basket.mode} onMode={(mode) => setBasket({ ...basket, mode })} />}
      <Places {...{ basket, setBasket, map, performance, availability, limit, toggle }} />
      <div class="choice-foot">
        <p class="told" role="status">
          {told}
        </p>
        {better !== null && (
          <Advice map={map} better={better} onTake={() => setBasket({ ...basket, seatIds: better })} />
        )}
        <BasketBar lines={lines} onClear={() => setBasket({ ...basket, seatIds: [], categoryId: null, places: {} })}>
          <button
            type="button"
            class="button primary"
            disabled={items === null}
            onClick={() => navigate(`${here}?step=details`)}
          >
            {t('shop.continue')}
          </button>
        </BasketBar>
      </div>
    </section>
  );
}

/** What one sees from a seat that was just chosen. */
function seenFrom(map: SeatMap | null, seatId: string, toggled: 'chosen' | 'dropped'): string {
  const seat = map?.byId.get(seatId);
  if (map === null || seat === undefined || toggled === 'dropped') return '';
  const { distance, side } = viewHint(map, seat);
  const { section = '', row = '', label = '' } = map.seats[seat] ?? {};
  return t('seats.seen', { seat: t('seats.label', { section, row, label }), distance, side });
}

type PlacesProps = {
  basket: Basket;
  setBasket: (basket: Basket) => void;
  map: SeatMap | null;
  performance: PerformanceView;
  availability: Availability | null;
  limit: number;
  toggle: (seatId: string) => void;
};

function Places({ basket, setBasket, map, performance, availability, limit, toggle }: PlacesProps) {
  const { categories } = performance;
  const [dimmed, setDimmed] = useState<ReadonlySet<string>>(new Set());
  const special = useMemo(() => (map === null ? [] : specialSeats(map)), [map]);
  const isOpen = basket.accessible > 0 || availability?.accessibleReleased === true;
  const taken = useMemo(
    () =>
      isOpen || special.length === 0
        ? (availability?.taken ?? nothing)
        : new Set([...(availability?.taken ?? []), ...special]),
    [availability, special, isOpen],
  );
  const access = special.length > 0 && (
    <AccessibleChoice
      accessible={basket.accessible}
      most={basket.mode === 'quick' ? basket.quantity : limit}
      onChange={(accessible) => setBasket({ ...basket, accessible })}
    />
  );
  if (map === null || basket.mode === 'quick') {
    return (
      <QuickChoice
        categories={categories}
        availability={availability}
        limit={limit}
        quantity={Math.min(basket.quantity, limit)}
        categoryId={basket.categoryId}
        onQuantity={(quantity) => setBasket({ ...basket, quantity })}
        onCategory={(categoryId) => setBasket({ ...basket, categoryId })}
      >
        {access}
      </QuickChoice>
    );
  }
  const seats = { map, categories, taken, chosen: basket.seatIds, dimmed, onSeat: toggle };
  return (
    <div class="places">
      {access}
      <PriceFilter categories={categories} availability={availability} dimmed={dimmed} onChange={setDimmed} />
      {basket.mode === 'plan' ? <SeatPlan {...seats} /> : <SeatList {...seats} />}
      {performance.rules.mixedBookings && (
        <PlacesBeside
          categories={categories}
          availability={availability}
          places={basket.places}
          room={limit - basket.seatIds.length - countOf(basket.places)}
          onChange={(places) => setBasket({ ...basket, places })}
        />
      )}
      <p class="fine">{t('plan.legend')}</p>
    </div>
  );
}

function Advice({ map, better, onTake }: { map: SeatMap | null; better: readonly string[]; onTake: () => void }) {
  const words = better.flatMap((id) => {
    const seat = map?.seats[map.byId.get(id) ?? -1];
    return seat === undefined ? [] : [t('seats.label', { ...seat })];
  });
  return (
    <div class="advice card-warm" role="status">
      <p>{t('shop.stranding')}</p>
      <button type="button" class="button" onClick={onTake}>
        {t('shop.takeBetter', { seats: words.join('; ') })}
      </button>
    </div>
  );
}

const countOf = (places: Basket['places']): number => Object.values(places).reduce((sum, count) => sum + count, 0);

const nothing: ReadonlySet<string> = new Set();

function ModeSwitch({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }): JSX.Element {
  const modes: readonly Mode[] = ['quick', 'plan', 'list'];
  const box = useRef<HTMLFieldSetElement>(null);
  // The plan wants the whole height of a phone: what stands above it scrolls away.
  useEffect(() => {
    if (mode === 'plan' && matchMedia('(max-width: 60rem)').matches) box.current?.scrollIntoView({ block: 'start' });
  }, [mode]);
  return (
    <fieldset class="segments" ref={box}>
      <legend class="sr-only">{t('shop.how')}</legend>
      {modes.map((name) => (
        <label key={name} class="segment">
          <input type="radio" name="mode" checked={mode === name} onChange={() => onMode(name)} />
          <span>{t(`shop.mode_${name}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function useBasket(performanceId: string, map: SeatMap | null): [Basket, (basket: Basket) => void] {
  const [basket, setBasket] = useState(() => {
    const kept = readBasket(performanceId);
    return map === null ? { ...kept, mode: 'quick' as const } : kept;
  });
  const change = (next: Basket) => {
    setBasket(next);
    keepBasket(performanceId, next);
  };
  return [basket, change];
}

function useLostSeats(
  basket: Basket,
  availability: Availability | null,
  onLost: (kept: readonly string[], lost: readonly string[]) => void,
): void {
  useEffect(() => {
    if (availability === null) return;
    const { kept, lost } = stillFree(basket.seatIds, availability.taken);
    if (lost.length > 0) onLost(kept, lost);
  }, [availability]);
}
