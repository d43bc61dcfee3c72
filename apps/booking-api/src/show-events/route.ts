import { fanRoutes } from '@onsale/contracts';
import { bindRoute, ProblemError } from '@onsale/runtime';
import { type ShowEventsDeps, showEvent, showEvents, showSale } from './show-events.ts';

const HEADERS = { 'Cache-Control': 'public, max-age=1' };

export const showEventsRoutes = (deps: ShowEventsDeps) => [
  bindRoute(fanRoutes.listEvents, async () => ({
    status: 200,
    body: { events: await showEvents(deps) },
    headers: HEADERS,
  })),
  bindRoute(fanRoutes.getEvent, async ({ params }) => {
    const event = await showEvent(deps, params.slug);
    if (event === null) throw new ProblemError('not_found');
    for (const { id } of event.sales) deps.hit(id);
    return { status: 200, body: event, headers: HEADERS };
  }),
  bindRoute(fanRoutes.getSale, async ({ params }) => {
    const sale = await showSale(deps, params.saleId);
    if (sale === null) throw new ProblemError('not_found');
    deps.hit(sale.id);
    return { status: 200, body: sale, headers: HEADERS };
  }),
];
