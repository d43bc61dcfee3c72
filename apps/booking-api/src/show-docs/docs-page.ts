// The API for readers: one page made from the route table, without scripts, styles from our own origin only.
import { errorCodes, httpRoutes, type RouteDescription } from '@onsale/contracts';

export function docsPage(): string {
  const groups = new Map<string, RouteDescription[]>();
  for (const route of httpRoutes) groups.set(route.app, [...(groups.get(route.app) ?? []), route]);
  return page(`
<h1>Onsale API</h1>
<p>The whole as <a href="/openapi.json">OpenAPI 3.1</a>. Times are RFC 3339 UTC, money is integer minor units, ids are
opaque. Errors are <code>application/problem+json</code>. Bodies are uncompressed JSON; unknown fields are refused.</p>
${[...groups].map(([app, routes]) => section(app, routes)).join('')}
<h2 id="errors">Errors</h2>
<table><thead><tr><th>code</th><th>status</th><th>meaning</th></tr></thead><tbody>
${Object.entries(errorCodes)
  .map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(title)}</td></tr>`,
  )
  .join('\n')}
</tbody></table>`);
}

const TITLES: Record<string, string> = {
  'waiting-room': 'Waiting room',
  'booking-api': 'Shop',
  'console-api': 'Staff',
};

function section(app: string, routes: readonly RouteDescription[]): string {
  return `<h2>${TITLES[app] ?? app}</h2>${routes.map(routeEntry).join('')}`;
}

function routeEntry({
  id,
  method,
  path,
  summary,
  credential,
  requires = [],
  accepts = [],
  replies,
  errors,
}: RouteDescription): string {
  const headers = [
    ...requires.map((name) => `<code>${name}</code>`),
    ...accepts.map((name) => `<code>${name}</code> (optional)`),
  ];
  return `<section id="${id}"><h3><b>${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code></h3>
<p>${escapeHtml(summary)}</p>
<dl><dt>Credential</dt><dd>${credential.replaceAll('_', ' ')}</dd>
${headers.length === 0 ? '' : `<dt>Headers</dt><dd>${headers.join(', ')}</dd>`}
<dt>Answers</dt><dd>${Object.keys(replies).join(', ')}</dd>
${errors.length === 0 ? '' : `<dt>Errors</dt><dd>${errors.map((code) => `<a href="#${code}">${code}</a>`).join(', ')}</dd>`}</dl></section>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Onsale API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/docs/style.css"></head>
<body><main>${body}</main></body></html>`;
}

export const docsStyle = `:root{color-scheme:light dark}body{font:16px/1.55 system-ui,sans-serif;margin:0}
main{max-width:56rem;margin:0 auto;padding:2rem 1rem}code{font-family:ui-monospace,monospace;font-size:.92em}
h2{margin-top:2.5rem;border-bottom:1px solid #8884}h3{margin:1.6rem 0 .2rem;font-size:1rem;font-weight:500}
section p{margin:.2rem 0}dl{display:grid;grid-template-columns:7rem 1fr;gap:.1rem .5rem;margin:.3rem 0;font-size:.9rem}
dt{opacity:.7}dd{margin:0}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .5rem;border-bottom:1px solid #8884;vertical-align:top}
tr:target,section:target{background:#fd03}`;
