// The part of the route table that is about the machinery behind all sales.
import { staffRoutes } from '@onsale/contracts';
import type { BoundRoute } from '@onsale/runtime';
import { forStaff } from '../for-staff.ts';
import { type Letters, listDeadLetters, sendBack } from './dead-letters.ts';
import { salesNotOver, watchSales } from './watch-sales.ts';
import { type WatchSystemDeps, watchSystem } from './watch-system.ts';

export type SystemDeps = WatchSystemDeps & { readonly letters: Letters };

export function systemRoutes(deps: SystemDeps): readonly BoundRoute[] {
  return [
    forStaff(deps, staffRoutes.watchSales, async () => ({
      status: 200,
      body: { sales: await watchSales(deps, await salesNotOver(deps)) },
    })),
    forStaff(deps, staffRoutes.watchSystem, async () => ({ status: 200, body: await watchSystem(deps) })),
    forStaff(deps, staffRoutes.listDeadLetters, async ({ query }) => ({
      status: 200,
      body: { letters: await listDeadLetters(deps.letters, query.limit) },
    })),
    forStaff(deps, staffRoutes.replayDeadLetters, async ({ body }, { actor }) => ({
      status: 200,
      body: { replayed: await sendBack(deps, { count: body.count, actor }) },
    })),
  ];
}
