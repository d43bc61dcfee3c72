// Every public route, in one list.
import { fanRoutes } from './fan.ts';
import { identityRoutes } from './identity.ts';
import { placeRoutes } from './place.ts';
import type { RouteDescription } from './route.ts';
import { shopRoutes } from './shop.ts';
import { staffRoutes } from './staff.ts';

export const httpRoutes: readonly RouteDescription[] = [
  ...Object.values(fanRoutes),
  ...Object.values(placeRoutes),
  ...Object.values(identityRoutes),
  ...Object.values(shopRoutes),
  ...Object.values(staffRoutes),
];
