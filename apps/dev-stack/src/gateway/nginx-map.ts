// The route table as a map of nginx: regular expressions in the order in which they are tried. A path is matched by whole
// segments, a literal before a parameter, without going back; what nothing matches is a page.
import { type RouteNode, routeTree } from './route-table.ts';

/** The text of config/nginx/routes.conf. */
export function nginxMap(root: RouteNode = routeTree()): string {
  const rules = rulesBelow(root, '^');
  const width = Math.max(0, ...rules.map(({ pattern }) => pattern.length));
  return [
    '# Which app answers which path. Written by `npm run docs` from the route table of the contract.',
    'map $uri $app {',
    `  default ${PAGES};`,
    ...rules.map(({ pattern, app }) => `  ${`"~${pattern}"`.padEnd(width + 3)} ${app};`),
    '}',
    '',
  ].join('\n');
}

const PAGES = 'web';

type Rule = { readonly pattern: string; readonly app: string };

/** What lies below a node, deepest first, without the rule of the node itself. */
function rulesBelow(node: RouteNode, pattern: string): Rule[] {
  const app = node.app ?? PAGES;
  const { parameter } = node;
  const parameterRules = parameter === undefined || isAll(parameter, app) ? [] : rulesOf(parameter, `${pattern}/[^/]+`);
  // Beside a parameter with rules of its own a literal needs one, too: the parameter's would match it.
  const literals = [...node.literals].filter(([, child]) => parameterRules.length > 0 || !isAll(child, app));
  return [...literals.flatMap(([name, child]) => rulesOf(child, `${pattern}/${literal(name)}`)), ...parameterRules];
}

function rulesOf(node: RouteNode, pattern: string): Rule[] {
  return [...rulesBelow(node, pattern), { pattern: `${pattern}(/|$)`, app: node.app ?? PAGES }];
}

/** Whether one app answers everything at and below a node. */
function isAll(node: RouteNode, app: string): boolean {
  const below = [...node.literals.values(), ...(node.parameter ? [node.parameter] : [])];
  return (node.app ?? PAGES) === app && below.every((child) => isAll(child, app));
}

function literal(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
