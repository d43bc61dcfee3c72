// Pages go to the page server; while that is away, the built page stands in, as a web server would see to.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway } from './gateway.ts';
import { staticFiles } from './static-files.ts';

let folder: string;
let pageServer: Server;
let port: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'onsale-pages-'));
  writeFileSync(join(folder, 'index.html'), 'built');
  writeFileSync(join(folder, 'icon.svg'), '<svg/>');
  pageServer = createServer((request, response) => response.end(`drawn ${request.method} ${request.url}`)).listen(
    0,
    '127.0.0.1',
  );
  await once(pageServer, 'listening');
  const address = pageServer.address();
  port = address && typeof address === 'object' ? address.port : 0;
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  pageServer.closeAllConnections();
  pageServer.close();
});

async function withGateway(act: (ask: (path: string, init?: RequestInit) => Promise<Response>) => Promise<void>) {
  const gateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    appPorts: { web: [port] },
    pages: staticFiles(folder),
    health: async () => ({ web: true }),
  });
  try {
    await act((path, init) => fetch(`http://127.0.0.1:${gateway.port}${path}`, init));
  } finally {
    await gateway.close();
  }
}

test('files are answered by themselves, pages and their forms by the page server', async () => {
  await withGateway(async (ask) => {
    expect(await (await ask('/icon.svg')).text()).toBe('<svg/>');
    expect(await (await ask('/sales/s-1?told=returns')).text()).toBe('drawn GET /sales/s-1?told=returns');
    expect(await (await ask('/sales/s-1/join', { method: 'POST', body: 'a=b' })).text()).toBe(
      'drawn POST /sales/s-1/join',
    );
  });
});

test('with the page server away a page is still a page, and a form is told to come again', async () => {
  pageServer.closeAllConnections();
  await new Promise((resolve) => pageServer.close(resolve));
  await withGateway(async (ask) => {
    expect(await (await ask('/sales/s-1')).text()).toBe('built');
    const form = await ask('/sales/s-1/join', { method: 'POST', body: 'a=b' });
    expect([form.status, form.headers.has('retry-after')]).toEqual([503, true]);
  });
});
