import { createHash } from 'node:crypto';
import { htmlDocument } from './html-document.ts';

const built = { script: '/assets/a.js', preload: [], styles: 'body{margin:0}', sheets: ['/assets/shop.css'] };
const page = {
  language: 'en' as const,
  title: 'A "B" <C>',
  description: 'D & E',
  body: '<main>x</main>',
  given: { language: 'en', locale: 'en', at: '', answers: { '/a': { title: '</script><script>alert(1)</script>' } } },
  theme: ':root{--brand:#0f4d3f}',
  againAfterSeconds: 12.2,
  needsAllStyles: false,
};

test('its one style is named by its hash, its data cannot end its element, its words cannot end their attribute', () => {
  const { html, contentSecurityPolicy } = htmlDocument(built, page);
  const hash = createHash('sha256').update(`${built.styles}${page.theme}`).digest('base64');
  expect(contentSecurityPolicy).toContain(`'sha256-${hash}'`);
  expect(html.match(/<script/g)).toHaveLength(3);
  expect(html).toContain('content="D &amp; E"');
  expect(html).toContain('<title>A &quot;B&quot; &lt;C&gt;</title>');
  expect(html).toContain('<meta http-equiv="refresh" content="13"></noscript>');
  const data = /id="given">(.*?)<\/script>/.exec(html)?.[1] ?? '';
  expect(JSON.parse(data)).toEqual(page.given);
});

test('a page beyond the first ones brings all styles and asks for itself only when it has to', () => {
  const { html } = htmlDocument(built, { ...page, given: null, needsAllStyles: true, againAfterSeconds: null });
  expect(html).toContain('<link rel="stylesheet" href="/assets/shop.css">');
  expect(html).not.toContain('http-equiv');
  expect(html).not.toContain('data-again');
});
