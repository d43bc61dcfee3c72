// Which app answers which path: the longest pattern that fits, by whole segments, a literal before a parameter.
import { httpRoutes, LIVE_PATH } from '@onsale/contracts';

export type RouteTable = {
  /** The app for a path without its query, or undefined: then the path is a page. */
  appFor(path: string): string | undefined;
};

type Node = { app: string | undefined; literals: Map<string, Node>; parameter: Node | undefined };

/** Paths outside the API that an app answers. */
const otherRoutes = [
  { path: LIVE_PATH, app: 'waiting-room' },
  { path: '/openapi.json', app: 'booking-api' },
  { path: '/docs', app: 'booking-api' },
];

export function routeTable(
  routes: readonly { path: string; app: string }[] = [...httpRoutes, ...otherRoutes],
): RouteTable {
  const root = newNode();
  for (const { path, app } of routes) insert(root, path.split('/').slice(1), app);
  const api = root.literals.get('api');
  return {
    appFor: (path) => {
      const node = deepest(root, path.split('/').slice(1));
      if (node === root) return undefined;
      // Within the API an unknown path is answered by the nearest app, which says so as a problem document.
      return node.app ?? (node === api || path.startsWith('/api/') ? firstApp(node) : undefined);
    },
  };
}

const newNode = (): Node => ({ app: undefined, literals: new Map(), parameter: undefined });

function insert(root: Node, segments: readonly string[], app: string): void {
  let node = root;
  for (const segment of segments) node = segment.startsWith('{') ? parameterOf(node) : literalOf(node, segment);
  node.app = app;
}

function parameterOf(node: Node): Node {
  node.parameter ??= newNode();
  return node.parameter;
}

function literalOf(node: Node, segment: string): Node {
  const next = node.literals.get(segment) ?? newNode();
  node.literals.set(segment, next);
  return next;
}

function deepest(root: Node, segments: readonly string[]): Node {
  let node = root;
  for (const segment of segments) {
    const next = node.literals.get(segment) ?? node.parameter;
    if (!next) break;
    node = next;
  }
  return node;
}

function firstApp(node: Node): string | undefined {
  if (node.app) return node.app;
  const below = [...node.literals.values(), ...(node.parameter ? [node.parameter] : [])];
  return below.map(firstApp).find((app) => app !== undefined);
}
