// Which app answers which path: the longest pattern that fits, by whole segments, a literal before a parameter.
import { httpRoutes, LIVE_PATH } from '@onsale/contracts';

export type RouteTable = {
  /** The app for a path without its query, or undefined: then the path is a page. */
  appFor(path: string): string | undefined;
};

export type RouteNode = {
  /** What answers a path that ends here, or goes on to nothing known; undefined for a page. */
  readonly app: string | undefined;
  readonly literals: ReadonlyMap<string, RouteNode>;
  readonly parameter: RouteNode | undefined;
};

type Route = { readonly path: string; readonly app: string };
type Growing = { app: string | undefined; literals: Map<string, Growing>; parameter: Growing | undefined };

/** Paths outside the API that an app answers. */
const otherRoutes = [
  { path: LIVE_PATH, app: 'waiting-room' },
  { path: '/openapi.json', app: 'booking-api' },
  { path: '/docs', app: 'booking-api' },
];

export function routeTable(routes?: readonly Route[]): RouteTable {
  const root = routeTree(routes);
  return { appFor: (path) => deepest(root, path.split('/').slice(1)).app };
}

export function routeTree(routes: readonly Route[] = [...httpRoutes, ...otherRoutes]): RouteNode {
  const root = newNode();
  for (const { path, app } of routes) insert(root, path.split('/').slice(1), app);
  const api = root.literals.get('api');
  if (api !== undefined) answerUnknown(api);
  return root;
}

const newNode = (): Growing => ({ app: undefined, literals: new Map(), parameter: undefined });

function insert(root: Growing, segments: readonly string[], app: string): void {
  let node = root;
  for (const segment of segments) node = segment.startsWith('{') ? parameterOf(node) : literalOf(node, segment);
  node.app = app;
}

function parameterOf(node: Growing): Growing {
  node.parameter ??= newNode();
  return node.parameter;
}

function literalOf(node: Growing, segment: string): Growing {
  const next = node.literals.get(segment) ?? newNode();
  node.literals.set(segment, next);
  return next;
}

/** Within the API an unknown path is answered by the nearest app below, which says so as a problem document. */
function answerUnknown(node: Growing): void {
  const below = [...node.literals.values(), ...(node.parameter ? [node.parameter] : [])];
  below.forEach(answerUnknown);
  node.app ??= below.find(({ app }) => app !== undefined)?.app;
}

function deepest(root: RouteNode, segments: readonly string[]): RouteNode {
  let node = root;
  for (const segment of segments) {
    const next = node.literals.get(segment) ?? node.parameter;
    if (!next) break;
    node = next;
  }
  return node;
}
