// The line document, the same bytes for everybody.
import type { SaleId } from '@onsale/domain';
import type { Answer } from '@onsale/runtime';
import { ProblemError } from '@onsale/runtime';
import type { KnownSales } from '../sales/known-sales.ts';
import { orUnavailable, unavailable } from '../unavailable.ts';
import type { KnownLines } from './known-lines.ts';

export type GetLineDeps = { readonly sales: KnownSales; readonly lines: KnownLines };

export async function getLine(
  { sales, lines }: GetLineDeps,
  { saleId, ifNoneMatch }: { readonly saleId: SaleId; readonly ifNoneMatch: string | undefined },
): Promise<Answer> {
  const line = lines.now(saleId) ?? (await orUnavailable(lines.find(saleId)));
  if (line === null) {
    const known = await orUnavailable(sales.find(saleId));
    if (known === null) throw new ProblemError('not_found');
    throw unavailable('This line is not led yet.');
  }
  const headers = { ETag: line.etag, 'Cache-Control': 'public, s-maxage=1' };
  if (ifNoneMatch === line.etag) return { status: 304, headers };
  return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body: line.json };
}
