import fc from 'fast-check';
import { nginxMap } from './nginx-map.ts';
import { routeTable, routeTree } from './route-table.ts';

/** As nginx reads such a map: the first expression that matches, else the default. */
function readMap(text: string): (path: string) => string | undefined {
  const rules = [...text.matchAll(/^ {2}"~(.+?)" +(.+);$/gm)].map(([, pattern, app]) => ({
    pattern: new RegExp(pattern ?? ''),
    app,
  }));
  return (path) => rules.find(({ pattern }) => pattern.test(path))?.app ?? /default (.+);/.exec(text)?.[1];
}

const apps = ['waiting-room', 'booking-api', 'console-api'];
const segment = fc.constantFrom('api', 'v1', 'sales', 'x.y', 'line', '{id}', 'docs');
const route = fc.record({
  path: fc.array(segment, { minLength: 1, maxLength: 5 }).map((all) => `/${all.join('/')}`),
  app: fc.constantFrom(...apps),
});
const path = fc
  .array(fc.constantFrom('api', 'v1', 'sales', 'x.y', 'xzy', 'line', 's-1', 'docs'), { minLength: 1, maxLength: 6 })
  .map((all) => `/${all.join('/')}`);

test('nginx sends each path where the route table sends it, for any table', () => {
  fc.assert(
    fc.property(
      fc.array(route, { maxLength: 12 }),
      fc.array(path, { minLength: 1, maxLength: 40 }),
      (routes, paths) => {
        const byMap = readMap(nginxMap(routeTree(routes)));
        const byTable = routeTable(routes);
        for (const one of paths) expect([one, byMap(one)]).toEqual([one, byTable.appFor(one) ?? 'web']);
      },
    ),
    { numRuns: 2_000 },
  );
});
