// The frame of every page and the table of addresses. Pages beyond the line are loaded when they are opened: a fan who
// waits on a bad connection carries only the line.
import { Component, type ComponentChildren, Fragment } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { EventPage } from './events/event-page.tsx';
import { EventsPage } from './events/events-page.tsx';
import { t } from './language/language.ts';
import { LanguageChoice } from './language/language-choice.tsx';
import { useAddress } from './routing/location.ts';
import { matchRoute, type RouteParams } from './routing/match-route.ts';
import { ConnectionBanner } from './ui/connection-banner.tsx';
import { Loading, MessagePage, NotFoundPage } from './ui/page.tsx';
import { WaitingPage } from './waiting/waiting-page.tsx';

type Page = (params: RouteParams) => preact.JSX.Element;
const of = (params: RouteParams, name: string): string => params[name] ?? '';

type Route = { readonly pattern: string } & ({ readonly page: Page } | { readonly load: () => Promise<Page> });

const routes: readonly Route[] = [
  { pattern: '/', page: () => <EventsPage /> },
  { pattern: '/events/:slug', page: (params) => <EventPage slug={of(params, 'slug')} /> },
  { pattern: '/sales/:saleId', page: (params) => <WaitingPage saleId={of(params, 'saleId')} /> },
  { pattern: '/sales/:saleId/shop', load: () => shopPage() },
  { pattern: '/sales/:saleId/shop/:performanceId', load: () => shopPage() },
  { pattern: '/sales/:saleId/fairness', load: () => fairnessPage() },
  { pattern: '/bookings/:bookingId', load: () => bookingPage() },
  { pattern: '/bookings/:bookingId/pay', load: () => paymentPage() },
  { pattern: '/tickets/:ticketId', load: () => ticketPage() },
  { pattern: '/staff', load: () => staffPage() },
  { pattern: '/staff/sales/:saleId', load: () => staffPage() },
];

const shopPage = async (): Promise<Page> => {
  const { ShopPage } = await import('./shop/shop-page.tsx');
  return (params) => <ShopPage saleId={of(params, 'saleId')} performanceId={params.performanceId ?? null} />;
};
const fairnessPage = async (): Promise<Page> => {
  const { FairnessPage } = await import('./fairness/fairness-page.tsx');
  return (params) => <FairnessPage saleId={of(params, 'saleId')} />;
};
const bookingPage = async (): Promise<Page> => {
  const { BookingPage } = await import('./booking/booking-page.tsx');
  return (params) => <BookingPage bookingId={of(params, 'bookingId')} />;
};
const paymentPage = async (): Promise<Page> => {
  const { PaymentPage } = await import('./booking/payment-page.tsx');
  return (params) => <PaymentPage bookingId={of(params, 'bookingId')} />;
};
const ticketPage = async (): Promise<Page> => {
  const { TicketPage } = await import('./booking/tickets-screen.tsx');
  return (params) => <TicketPage ticketId={of(params, 'ticketId')} />;
};
const staffPage = async (): Promise<Page> => {
  const { StaffPage } = await import('./staff/staff-page.tsx');
  return (params) => <StaffPage saleId={params.saleId ?? null} />;
};

export function App() {
  const { path } = useAddress();
  const [drawn, setDrawn] = useState(0);
  return (
    <Fragment key={drawn}>
      <a class="skip" href="#main">
        {t('page.skip')}
      </a>
      <header class="top">
        <a class="brand" href="/">
          <BrandMark />
          Onsale
        </a>
      </header>
      <ConnectionBanner />
      <main id="main" tabIndex={-1}>
        <Mishap key={path}>
          <CurrentPage path={path} />
        </Mishap>
      </main>
      <footer class="foot">
        <p>{t('page.foot')}</p>
        <LanguageChoice changed={() => setDrawn(drawn + 1)} />
      </footer>
    </Fragment>
  );
}

function CurrentPage({ path }: { path: string }) {
  for (const route of routes) {
    const params = matchRoute(route.pattern, path);
    if (params === null) continue;
    return 'page' in route ? route.page(params) : <LazyPage key={route.pattern} load={route.load} params={params} />;
  }
  return <NotFoundPage />;
}

function LazyPage({ load, params }: { load: () => Promise<Page>; params: RouteParams }) {
  const [page, setPage] = useState<{ render: Page } | 'failed' | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    load().then(
      (render) => setPage({ render }),
      () => setPage('failed'),
    );
  }, [round]);
  if (page === null) return <Loading />;
  if (page !== 'failed') return page.render(params);
  return (
    <MessagePage title={t('connection.lost')} text={t('connection.safe')}>
      <button type="button" class="button primary" onClick={() => setRound(round + 1)}>
        {t('page.retry')}
      </button>
    </MessagePage>
  );
}

/** A fault of ours must not leave a blank page in front of a fan who waits. */
class Mishap extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };
  static override getDerivedStateFromError = () => ({ broken: true });
  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <MessagePage title={t('page.broken')} text={t('page.brokenText')}>
        <button type="button" class="button primary" onClick={() => location.reload()}>
          {t('page.reload')}
        </button>
      </MessagePage>
    );
  }
}

function BrandMark() {
  return (
    <svg viewBox="0 0 32 20" aria-hidden="true">
      <path d="M3 17a13 13 0 0 1 26 0" />
      <path d="M9.5 17a6.5 6.5 0 0 1 13 0" />
      <circle cx="16" cy="16.5" r="2.6" />
    </svg>
  );
}
