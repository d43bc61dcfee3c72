import { CSRF_HEADER, httpRoutes, LIVE_PATH } from '@onsale/contracts';
import { doorPaths } from '../doors/door-api.ts';
import { LIVE_PATH as livePathHere } from '../live/live-connection.ts';
import { accountPaths } from './account-api.ts';
import { fanPaths } from './fan-api.ts';
import { organizerPaths } from './organizer-api.ts';
import { planningPaths } from './planning-api.ts';
import { pathOf } from './request.ts';
import { staffPaths } from './staff-api.ts';

test('every method and path the pages call is a route of the contract', () => {
  const contract = new Map(httpRoutes.map((route) => [route.id, [route.method.toUpperCase(), route.path]]));
  for (const [id, route] of Object.entries({
    ...fanPaths,
    ...doorPaths,
    ...staffPaths,
    ...accountPaths,
    ...organizerPaths,
    ...planningPaths,
  })) {
    expect([id, ...route]).toEqual([id, ...(contract.get(id) ?? [])]);
  }
});

test('the names that are repeated here equal those of the contract', () => {
  expect(livePathHere).toBe(LIVE_PATH);
  expect('x-csrf-token').toBe(CSRF_HEADER);
});

test('a parameter is escaped in a path', () => {
  expect(pathOf('/api/v1/events/{slug}', { slug: 'a/b' })).toBe('/api/v1/events/a%2Fb');
});
