// The route table of the staff API.
import { countUsedCodes, findBlock, findBlocksOf, revokeCodeSet } from '@onsale/booking-mongo';
import { staffRoutes } from '@onsale/contracts';
import type { BoundRoute } from '@onsale/runtime';
import { type AccountDeps, accountRoutes } from './account/account-routes.ts';
import { findBookings } from './bookings/find-bookings.ts';
import { codeSetView } from './codes/code-set-view.ts';
import { createCodeSet, showCodeSets } from './codes/create-code-set.ts';
import { codesFile } from './codes/write-codes.ts';
import { refuse } from './errors.ts';
import { forStaff } from './for-staff.ts';
import { readIdempotencyKey } from './idempotency-key.ts';
import { type OperatorDeps, operatorRoutes } from './ops/operator-routes.ts';
import { type SystemDeps, systemRoutes } from './ops/system-routes.ts';
import { type BlockStockDeps, blockStock, unblockStock } from './organizer/block-stock.ts';
import { blockView } from './organizer/block-view.ts';
import { changePerformance } from './organizer/change-performance.ts';
import { createEvent } from './organizer/create-event.ts';
import { createPerformance } from './organizer/create-performance.ts';
import { createPlan } from './organizer/create-plan.ts';
import { createSale } from './organizer/create-sale.ts';
import { planningRoutes } from './planning/planning-routes.ts';
import { planRoutes } from './plans/plan-routes.ts';
import { cancelWholePerformance, refundBooking, showCancellation, showRefund } from './refunds/refunds.ts';
import { giveBypass } from './room/give-bypass.ts';
import { setRoom, showRoom } from './room/set-room.ts';
import { teamRoutes } from './team/team-routes.ts';

export type HttpDeps = Pick<BlockStockDeps, 'publish'> &
  OperatorDeps &
  SystemDeps &
  AccountDeps & {
    /** Of the one origin, without a slash at the end. */
    readonly publicUrl: string;
  };

export function consoleRoutes(deps: HttpDeps): readonly BoundRoute[] {
  return [
    ...accountRoutes(deps),
    ...teamRoutes(deps),
    ...organizerRoutes(deps),
    ...planningRoutes(deps),
    ...planRoutes(deps),
    ...stockRoutes(deps),
    ...codeRoutes(deps),
    ...refundRoutes(deps),
    ...roomRoutes(deps),
    ...operatorRoutes(deps),
    ...systemRoutes(deps),
  ];
}

function organizerRoutes(deps: HttpDeps): readonly BoundRoute[] {
  return [
    forStaff(deps, staffRoutes.createEvent, async ({ body }, { actor }) => ({
      status: 201,
      body: { id: await createEvent(deps, { event: body, actor }) },
    })),
    forStaff(deps, staffRoutes.createPlan, async ({ body }, { actor }) => ({
      status: 201,
      body: { id: await createPlan(deps, { ...body, actor }) },
    })),
    forStaff(deps, staffRoutes.createPerformance, async ({ body }, { actor }) => ({
      status: 201,
      body: await createPerformance(deps, { input: body, actor }),
    })),
    forStaff(deps, staffRoutes.createSale, async ({ body }, { actor }) => ({
      status: 201,
      body: await createSale(deps, { input: body, actor }),
    })),
  ];
}

function stockRoutes(deps: HttpDeps): readonly BoundRoute[] {
  return [
    forStaff(deps, staffRoutes.changePerformance, async ({ params, body, request }, { actor }) => {
      const ifMatch = request.get('if-match') ?? '';
      const { performanceId } = params;
      const view = await changePerformance(deps, { performanceId, ifMatch, input: body, actor });
      return { status: 200, body: view, headers: { ETag: `"${view.version}"` } };
    }),
    forStaff(deps, staffRoutes.createBlock, async ({ params, body, request }, { actor }) => {
      const key = readIdempotencyKey(request);
      const blockId = await blockStock(deps, { performanceId: params.performanceId, key, input: body, actor });
      const headers = { Location: `/api/v1/organizer/performances/${params.performanceId}/blocks/${blockId}` };
      return { status: 202, body: { blockId, state: 'requested' }, headers };
    }),
    forStaff(deps, staffRoutes.listBlocks, async ({ params }) => ({
      status: 200,
      body: { blocks: (await findBlocksOf(deps.mongo, params.performanceId)).map(blockView) },
    })),
    forStaff(deps, staffRoutes.getBlock, async ({ params }) => {
      const block = await findBlock(deps.mongo, params);
      if (block === null) refuse('not_found');
      return { status: 200, body: blockView(block) };
    }),
    forStaff(deps, staffRoutes.unblockStock, async ({ params }, { actor }) => {
      await unblockStock(deps, { ...params, seatIds: null, actor });
      return { status: 202, body: { blockId: params.blockId, state: 'requested' } };
    }),
    forStaff(deps, staffRoutes.unblockSeats, async ({ params, body }, { actor }) => {
      await unblockStock(deps, { ...params, seatIds: body.seatIds, actor });
      return { status: 202, body: { blockId: params.blockId, state: 'requested' } };
    }),
  ];
}

function roomRoutes(deps: HttpDeps): readonly BoundRoute[] {
  return [
    forStaff(deps, staffRoutes.getRoom, async ({ params }) => ({
      status: 200,
      body: await showRoom(deps, params.saleId),
    })),
    forStaff(deps, staffRoutes.setRoom, async ({ params, body }, { actor }) => ({
      status: 200,
      body: await setRoom(deps, { saleId: params.saleId, settings: body, actor }),
    })),
    forStaff(deps, staffRoutes.giveBypass, async ({ params, body }, { actor }) => ({
      status: 201,
      body: await giveBypass(deps, { saleId: params.saleId, input: body, actor }),
    })),
  ];
}

function codeRoutes(deps: HttpDeps): readonly BoundRoute[] {
  return [
    forStaff(deps, staffRoutes.createCodeSet, async ({ params, body }, { actor }) => ({
      status: 201,
      body: await createCodeSet(deps, { saleId: params.saleId, input: body, actor }),
    })),
    forStaff(deps, staffRoutes.listCodeSets, async ({ params }) => ({
      status: 200,
      body: { codeSets: await showCodeSets(deps, params.saleId) },
    })),
    forStaff(deps, staffRoutes.downloadCodes, async ({ params }) => ({
      status: 200,
      body: await codesFile(deps, params),
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="${params.codeSetId}.csv"`,
      },
    })),
    forStaff(deps, staffRoutes.revokeCodeSet, async ({ params }, { actor }) => {
      const set = await revokeCodeSet(deps.mongo, params, actor);
      if (set === null) refuse('not_found');
      const used = await countUsedCodes(deps.mongo, params.saleId);
      return { status: 200, body: codeSetView(set, used.get(set.number) ?? 0) };
    }),
  ];
}

function refundRoutes(deps: HttpDeps): readonly BoundRoute[] {
  return [
    forStaff(deps, staffRoutes.findBookings, async ({ params, query }) => ({
      status: 200,
      body: { bookings: await findBookings(deps, { ...params, ...query }) },
    })),
    forStaff(deps, staffRoutes.refundBooking, async ({ params, body, request }, { actor }) => {
      const key = readIdempotencyKey(request);
      const { ticketIds = null, reason } = body;
      return { status: 202, body: await refundBooking(deps, { ...params, key, ticketIds, reason, actor }) };
    }),
    forStaff(deps, staffRoutes.getRefund, async ({ params }) => ({
      status: 200,
      body: await showRefund(deps, params.refundId),
    })),
    forStaff(deps, staffRoutes.cancelPerformance, async ({ params, body }, { actor }) => ({
      status: 202,
      body: await cancelWholePerformance(deps, { ...params, ...body, actor }),
    })),
    forStaff(deps, staffRoutes.getCancellation, async ({ params }) => ({
      status: 200,
      body: await showCancellation(deps, params.performanceId),
    })),
  ];
}
