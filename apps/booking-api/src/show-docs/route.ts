// /openapi.json and /docs: not part of the API they describe.
import { openApiDocument } from '@onsale/contracts';
import { bindRoute } from '@onsale/runtime';
import { docsPage, docsStyle } from './docs-page.ts';

const POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function showDocsRoutes(version: string) {
  const document = JSON.stringify(openApiDocument(version));
  const page = docsPage();
  const fixed = (path: string, contentType: string, body: string) =>
    bindRoute({ id: `docs ${path}`, method: 'get', path }, async () => ({
      status: 200,
      body,
      headers: {
        'Content-Type': `${contentType}; charset=utf-8`,
        'Content-Security-Policy': POLICY,
        'Cache-Control': 'public, max-age=300',
      },
    }));
  return [
    fixed('/openapi.json', 'application/json', document),
    fixed('/docs', 'text/html', page),
    fixed('/docs/style.css', 'text/css', docsStyle),
  ];
}
