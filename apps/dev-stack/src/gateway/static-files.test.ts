import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staticFiles } from './static-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'onsale-pages-'));
let server: Server;
let origin = '';

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  mkdirSync(join(folder, 'ops'));
  writeFileSync(join(folder, 'index.html'), '<h1>fans</h1>');
  writeFileSync(join(folder, 'ops/index.html'), '<h1>operators</h1>');
  writeFileSync(join(folder, 'organizer.html'), '<h1>organizers</h1>');
  writeFileSync(join(folder, 'assets/app-1a2b.js'), `console.log('${'x'.repeat(5000)}')`);
  const files = staticFiles(folder);
  server = createServer((request, response) => files.answer(request, response, request.url ?? '/')).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  const address = server.address();
  origin = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

test.each([
  ['/', 'fans'],
  ['/events/sibelius-hall', 'fans'],
  ['/ops', 'operators'],
  ['/ops/sales/s-1', 'operators'],
  ['/organizer', 'organizers'],
  ['/organizer/events/1', 'organizers'],
])('%s shows the page for %s', async (path, who) => {
  const reply = await fetch(origin + path);
  expect(await reply.text()).toBe(`<h1>${who}</h1>`);
  expect(reply.headers.get('cache-control')).toBe('no-cache');
});

test('every page comes with a policy that allows nothing inline and nothing foreign', async () => {
  const policy = (await fetch(`${origin}/events/x`)).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|data:|https?:|\*/);
});

test('a missing file is missing, not a page', async () => {
  expect((await fetch(`${origin}/assets/app-gone.js`)).status).toBe(404);
});

test('nothing outside the folder is reachable', async () => {
  for (const path of ['/../package.json', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd.txt']) {
    const reply = await fetch(origin + path);
    expect(await reply.text()).not.toMatch(/root:|"name"/);
  }
});

test('assets are compressed and kept for ever, pages are asked for again and answered 304', async () => {
  const asset = await fetch(`${origin}/assets/app-1a2b.js`, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(asset.headers.get('content-encoding')).toBe('gzip');
  expect(asset.headers.get('cache-control')).toContain('immutable');
  const page = await fetch(`${origin}/`);
  const again = await fetch(`${origin}/`, { headers: { 'If-None-Match': page.headers.get('etag') ?? '' } });
  expect(again.status).toBe(304);
});

test('only reading is allowed', async () => {
  expect((await fetch(`${origin}/`, { method: 'POST' })).status).toBe(405);
  expect(await (await fetch(`${origin}/`, { method: 'HEAD' })).text()).toBe('');
});
