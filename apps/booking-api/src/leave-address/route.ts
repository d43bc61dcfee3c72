// Sold out: somebody leaves an address for returned tickets. Only the wish is kept here.
import { fanRoutes, type ReturnsWish } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { bindRoute, ProblemError } from '@onsale/runtime';
import type { Catalogue } from '../catalogue.ts';

export type LeaveAddressDeps = {
  readonly catalogue: Pick<Catalogue, 'sale'>;
  keepReturnsWish(saleId: SaleId, wish: ReturnsWish, at: Date): Promise<void>;
  now(): number;
};

export const leaveAddressRoute = (deps: LeaveAddressDeps) =>
  bindRoute(fanRoutes.leaveAddress, async ({ params: { saleId }, body }) => {
    const snapshot = await deps.catalogue.sale(saleId);
    if (snapshot === null) throw new ProblemError('not_found');
    const { sale } = snapshot;
    const now = deps.now();
    if (sale.closedByStaff || sale.phases.every(({ closesAt }) => closesAt.getTime() <= now)) {
      throw new ProblemError('sale_not_open', { detail: 'The sale is over.' });
    }
    if (body.performanceId !== undefined && !sale.performanceIds.includes(body.performanceId)) {
      throw new ProblemError('not_found', { detail: 'There is no such performance in this sale.' });
    }
    await deps.keepReturnsWish(saleId, body, new Date(now));
    return { status: 202, body: { saleId, email: body.email } };
  });
