// The table of addresses. Pages beyond the line are loaded when they are opened: a fan who waits on a bad connection
// carries only the line.
import type { JSX } from 'preact';
import { EventPage } from './events/event-page.tsx';
import { EventsPage } from './events/events-page.tsx';
import { needShopWords } from './language/language.ts';
import { matchRoute, type RouteParams } from './routing/match-route.ts';
import { WaitingPage } from './waiting/waiting-page.tsx';

export type Page = (params: RouteParams) => JSX.Element;
export type PageRoute = { readonly pattern: string } & (
  | { readonly page: Page }
  | { readonly load: () => Promise<Page> }
);

const of = (params: RouteParams, name: string): string => params[name] ?? '';

const pageRoutes: readonly PageRoute[] = [
  { pattern: '/', page: () => <EventsPage /> },
  { pattern: '/events/:slug', page: (params) => <EventPage slug={of(params, 'slug')} /> },
  { pattern: '/sales/:saleId', page: (params) => <WaitingPage saleId={of(params, 'saleId')} /> },
  { pattern: '/sales/:saleId/shop', load: () => shopPage() },
  { pattern: '/sales/:saleId/shop/:performanceId', load: () => shopPage() },
  { pattern: '/sales/:saleId/fairness', load: () => fairnessPage() },
  { pattern: '/bookings', load: () => bookingsPage() },
  { pattern: '/bookings/:bookingId', load: () => bookingPage() },
  { pattern: '/bookings/:bookingId/pay', load: () => paymentPage() },
  { pattern: '/tickets/:ticketId', load: () => ticketPage() },
  { pattern: '/staff', load: () => staffPage() },
  { pattern: '/staff/halls', load: () => hallsPage() },
  { pattern: '/staff/planner', load: () => plannerPage() },
  { pattern: '/staff/planner/:draftId', load: () => plannerPage() },
  { pattern: '/staff/system', load: () => systemPage() },
  { pattern: '/staff/:door', load: () => staffDoorPage() },
  { pattern: '/staff/sales/:saleId', load: () => staffPage() },
  { pattern: '/staff/sales/:saleId/:section', load: () => staffPage() },
];

const shopPage = async (): Promise<Page> => {
  await needShopWords();
  const { ShopPage } = await import('./shop/shop-page.tsx');
  return (params) => <ShopPage saleId={of(params, 'saleId')} performanceId={params.performanceId ?? null} />;
};
const fairnessPage = async (): Promise<Page> => {
  await needShopWords();
  const { FairnessPage } = await import('./fairness/fairness-page.tsx');
  return (params) => <FairnessPage saleId={of(params, 'saleId')} />;
};
const bookingsPage = async (): Promise<Page> => {
  await needShopWords();
  const { BookingsPage } = await import('./booking/bookings-page.tsx');
  return () => <BookingsPage />;
};
const bookingPage = async (): Promise<Page> => {
  await needShopWords();
  const { BookingPage } = await import('./booking/booking-page.tsx');
  return (params) => <BookingPage bookingId={of(params, 'bookingId')} />;
};
const paymentPage = async (): Promise<Page> => {
  await needShopWords();
  const { PaymentPage } = await import('./booking/payment-page.tsx');
  return (params) => <PaymentPage bookingId={of(params, 'bookingId')} />;
};
const ticketPage = async (): Promise<Page> => {
  await needShopWords();
  const { TicketPage } = await import('./booking/tickets-screen.tsx');
  return (params) => <TicketPage ticketId={of(params, 'ticketId')} />;
};
const staffPage = async (): Promise<Page> => {
  const { StaffPage } = await import('./staff/staff-page.tsx');
  return (params) => <StaffPage saleId={params.saleId ?? null} section={params.section ?? null} />;
};

const hallsPage = async (): Promise<Page> => {
  const { StaffPage } = await import('./staff/staff-page.tsx');
  return () => <StaffPage saleId={null} section="halls" />;
};

const plannerPage = async (): Promise<Page> => {
  const { StaffPage } = await import('./staff/staff-page.tsx');
  return (params) => <StaffPage saleId={null} section="planner" draftId={params.draftId ?? null} />;
};

const systemPage = async (): Promise<Page> => {
  const { StaffPage } = await import('./staff/staff-page.tsx');
  return () => <StaffPage saleId={null} section="system" />;
};

const staffDoorPage = async (): Promise<Page> => {
  const { StaffDoorPage } = await import('./staff/staff-page.tsx');
  return (params) => <StaffDoorPage door={of(params, 'door')} />;
};

/** The page at a path; null for an address that is none. */
export function findPage(path: string): { readonly route: PageRoute; readonly params: RouteParams } | null {
  for (const route of pageRoutes) {
    const params = matchRoute(route.pattern, path);
    if (params !== null) return { route, params };
  }
  return null;
}
