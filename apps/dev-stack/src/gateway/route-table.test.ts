import { httpRoutes } from '@onsale/contracts';
import { routeTable } from './route-table.ts';

const table = routeTable([
  { path: '/api/v1/sales/{saleId}', app: 'booking-api' },
  { path: '/api/v1/sales/{saleId}/line', app: 'waiting-room' },
  { path: '/api/v1/sales/current', app: 'console-api' },
  { path: '/.well-known/jwks.json', app: 'waiting-room' },
]);

test.each([
  ['/api/v1/sales/s-1', 'booking-api'],
  ['/api/v1/sales/s-1/line', 'waiting-room'],
  ['/api/v1/sales/current', 'console-api'],
  ['/.well-known/jwks.json', 'waiting-room'],
])('%s goes to %s', (path, app) => {
  expect(table.appFor(path)).toBe(app);
});

test('an unknown path of the API goes to the nearest app, which answers in the form of the API', () => {
  expect(table.appFor('/api/v1/sales/s-1/nonsense')).toBe('booking-api');
  expect(table.appFor('/api/v1/nonsense')).toBeDefined();
  expect(table.appFor('/api')).toBeDefined();
});

test('everything else is a page', () => {
  for (const path of ['/', '/events/sibelius', '/apis', '/.well-known/security.txt', '/organizer']) {
    expect(table.appFor(path)).toBeUndefined();
  }
});

test('each route of the contract goes to its app', () => {
  const whole = routeTable();
  for (const { path, app } of httpRoutes)
    expect([path, whole.appFor(path.replaceAll(/\{\w+\}/g, 'x-1'))]).toEqual([path, app]);
  expect(whole.appFor('/live/')).toBe('waiting-room');
});
