// The line document, the same bytes for everybody.
import type { SaleId } from '@onsale/domain';
import type { Answer } from '@onsale/runtime';
import { ProblemError } from '@onsale/runtime';
import type { KnownSales } from '../sales/known-sales.ts';
import { orUnavailable, unavailable } from '../unavailable.ts';
import type { KnownLine, KnownLines } from './known-lines.ts';

export type GetLineDeps = { readonly sales: KnownSales; readonly lines: KnownLines };

export async function getLine(
  { sales, lines }: GetLineDeps,
  { saleId, ifNoneMatch }: { readonly saleId: SaleId; readonly ifNoneMatch: string | undefined },
): Promise<Answer> {
  const line = lines.now(saleId) ?? (await orUnavailable(firstOf({ sales, lines }, saleId)));
  const headers = { ETag: line.etag, 'Cache-Control': 'public, s-maxage=1' };
  if (ifNoneMatch === line.etag) return { status: 304, headers };
  return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body: line.json };
}

async function firstOf({ sales, lines }: GetLineDeps, saleId: SaleId): Promise<KnownLine> {
  const stored = await lines.find(saleId);
  if (stored !== null) return stored;
  if ((await sales.find(saleId)) === null) throw new ProblemError('not_found');
  const first = await lines.soon(saleId);
  if (first === null) throw unavailable('This line is not led yet.');
  return first;
}
