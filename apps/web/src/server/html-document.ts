// The document around a drawn page. Its one style block is named by its hash in the content security policy, so nothing
// else may run or paint.
import { createHash } from 'node:crypto';
import { GIVEN_PAGE_ID, type GivenPage } from '../given-page.ts';
import { directionOf, type Language } from '../language/language.ts';
import type { BuiltPages } from './built-pages.ts';

export type DrawnDocument = {
  readonly language: Language;
  readonly title: string;
  readonly description: string;
  /** The drawn page. */
  readonly body: string;
  /** What the script takes over; null leaves it to draw everything anew. */
  readonly given: GivenPage | null;
  /** Organizer's colours as a style rule, or nothing. */
  readonly theme: string;
  /** Without JavaScript the page is asked for again after this long; null when there is nothing to wait for. */
  readonly againAfterSeconds: number | null;
  /** The page beyond the first ones that needs all styles. */
  readonly needsAllStyles: boolean;
};

export type HtmlDocument = { readonly html: string; readonly contentSecurityPolicy: string };

/** Without scripts: what needs them goes, what stands in for them comes. */
const PLAIN_STYLE = '.script-only{display:none!important}.plain-only{display:revert!important}';

/**
 * Where scripts run but ours never arrives, the page would stand still: this one line, named by its hash, asks for it again
 * a while after the page without scripts would have done so.
 */
const LATE_SECONDS = 15;
const WATCH =
  `(d=>{const s=+d.dataset.again;s&&setTimeout(()=>d.dataset.taken||location.reload(),(s+${LATE_SECONDS})*1e3)})` +
  '(document.documentElement)';

export function htmlDocument(built: BuiltPages, page: DrawnDocument): HtmlDocument {
  const { language, title, description, body, given, theme, againAfterSeconds } = page;
  const style = built.styles + theme;
  const seconds = againAfterSeconds === null ? null : Math.max(2, Math.ceil(againAfterSeconds));
  const again = seconds === null ? '' : `<meta http-equiv="refresh" content="${seconds}">`;
  const watched = seconds === null ? '' : ` data-again="${seconds}"`;
  const html = [
    `<!doctype html><html lang="${language}" dir="${directionOf(language)}"${watched}><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    `<title>${escapeHtml(title)}</title>`,
    `<meta name="description" content="${escapeHtml(description)}">`,
    `<meta property="og:title" content="${escapeHtml(title)}">`,
    `<meta property="og:description" content="${escapeHtml(description)}">`,
    '<meta name="color-scheme" content="light dark">',
    '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f4f6f3">',
    '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0a1512">',
    `<style>${style}</style>`,
    `<noscript><style>${PLAIN_STYLE}</style>${again}</noscript>`,
    ...(page.needsAllStyles ? built.sheets.map((sheet) => `<link rel="stylesheet" href="${sheet}">`) : []),
    '<link rel="icon" href="/icon.svg" type="image/svg+xml">',
    ...built.preload.map((script) => `<link rel="modulepreload" href="${script}">`),
    `</head><body><div id="app">${body}</div>`,
    given === null ? '' : `<script type="application/json" id="${GIVEN_PAGE_ID}">${jsonInHtml(given)}</script>`,
    `<script>${WATCH}</script>`,
    `<script type="module" src="${built.script}"></script></body></html>`,
  ].join('');
  return { html, contentSecurityPolicy: policy([style, PLAIN_STYLE]) };
}

function policy(styles: readonly string[]): string {
  const hashes = styles.map((style) => `'sha256-${hashOf(style)}'`).join(' ');
  return (
    `default-src 'none'; script-src 'self' 'sha256-${hashOf(WATCH)}'; style-src 'self' ${hashes}; img-src 'self' blob:; font-src 'self'; ` +
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; " +
    "frame-ancestors 'none'"
  );
}

const hashes = new Map<string, string>();
const HASHES_MAX = 200;

function hashOf(style: string): string {
  const known = hashes.get(style);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(style).digest('base64');
  if (hashes.size >= HASHES_MAX) hashes.clear();
  hashes.set(style, hash);
  return hash;
}

// Inside a script element only `<` could end it.
const jsonInHtml = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);
