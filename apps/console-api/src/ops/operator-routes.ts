// The part of the route table that an operator lives by.
import {
  type Actor,
  type AuditQuestion,
  listAudit,
  listDecisions,
  type Mongo,
  type SaleRecord,
} from '@onsale/booking-mongo';
import { staffRoutes } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import type { Answer, BoundRoute, Clock } from '@onsale/runtime';
import { forStaff } from '../for-staff.ts';
import { actOnSale, callByHand, drain, halt, notify, pause, resume, type SaleAct } from './act-on-sale.ts';
import { admissionView, type ObserveLine } from './admission-view.ts';
import { changeSettings, etagOf } from './change-settings.ts';
import { writePublicValue } from './enter-public-value.ts';
import type { ObserveHistory } from './observe-line.ts';
import { readSale } from './read-sale.ts';

export type OperatorDeps = {
  readonly mongo: Mongo;
  readonly clock: Clock;
  readonly observeLine: ObserveLine;
  readonly observeHistory: ObserveHistory;
};

const AUDIT_ENTRIES_DEFAULT = 50;
const DECISIONS_DEFAULT = 100;

export function operatorRoutes(deps: OperatorDeps): readonly BoundRoute[] {
  const answer = async (status: number, sale: SaleRecord): Promise<Answer> => ({
    status,
    body: await admissionView(deps, sale),
    headers: { ETag: etagOf(sale) },
  });
  const act = async (saleId: SaleId, act: SaleAct, actor: Actor) =>
    answer(200, await actOnSale(deps, { saleId, act, actor }));
  return [
    forStaff(deps, staffRoutes.getAdmission, async ({ params }) => answer(200, await readSale(deps, params.saleId))),
    forStaff(deps, staffRoutes.listDecisions, async ({ params, query }) => {
      const sale = await readSale(deps, params.saleId);
      return { status: 200, body: { decisions: await decisionEntries(deps.mongo, sale._id, query.limit) } };
    }),
    forStaff(deps, staffRoutes.getSaleHistory, async ({ params, query }) => {
      const sale = await readSale(deps, params.saleId);
      const afterMs = query.after === undefined ? 0 : Date.parse(query.after);
      return { status: 200, body: await deps.observeHistory(sale._id, { afterMs }) };
    }),
    forStaff(deps, staffRoutes.changeAdmission, async ({ params, body, request }, { actor }) => {
      const ifMatch = request.get('if-match') ?? '';
      return answer(200, await changeSettings(deps, { saleId: params.saleId, ifMatch, settings: body, actor }));
    }),
    forStaff(deps, staffRoutes.pauseSale, ({ params }, { actor }) => act(params.saleId, pause, actor)),
    forStaff(deps, staffRoutes.resumeSale, ({ params }, { actor }) => act(params.saleId, resume, actor)),
    forStaff(deps, staffRoutes.haltSale, ({ params }, { actor }) => act(params.saleId, halt, actor)),
    forStaff(deps, staffRoutes.drainSale, ({ params }, { actor }) => act(params.saleId, drain, actor)),
    forStaff(deps, staffRoutes.callFans, async ({ params, body }, { actor }) => {
      const sale = await actOnSale(deps, { saleId: params.saleId, act: callByHand(body.count), actor });
      return answer(202, sale);
    }),
    forStaff(deps, staffRoutes.setNotice, ({ params, body }, { actor }) =>
      act(params.saleId, notify(body.notice), actor),
    ),
    forStaff(deps, staffRoutes.enterPublicValue, async ({ params, body }, { actor }) => ({
      status: 200,
      body: await writePublicValue(deps, { entry: { ...params, ...body }, actor }),
    })),
    forStaff(deps, staffRoutes.listAudit, async ({ query }) => ({
      status: 200,
      body: await auditPage(deps.mongo, {
        ...query,
        from: dateOf(query.from),
        until: dateOf(query.until),
        limit: query.limit ?? AUDIT_ENTRIES_DEFAULT,
      }),
    })),
  ];
}

const dateOf = (timestamp: string | undefined) => (timestamp === undefined ? undefined : new Date(timestamp));

async function auditPage(mongo: Mongo, question: AuditQuestion) {
  const { entries, next } = await listAudit(mongo, question);
  return {
    entries: entries.map(({ _id, at, apiKeyId = null, ...entry }) => ({ at: at.toISOString(), ...entry, apiKeyId })),
    next,
  };
}

async function decisionEntries(mongo: Mongo, saleId: SaleId, limit = DECISIONS_DEFAULT) {
  const kept = await listDecisions(mongo, saleId, limit);
  return kept.map(({ at, count, reason, shadow }) => ({ at: at.toISOString(), count, reason, shadow: shadow ?? null }));
}
