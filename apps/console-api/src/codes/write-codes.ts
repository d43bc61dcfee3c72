// The codes of a set as a file. They are signed anew each time from the secret of the set: none is stored anywhere.
import { type CodeSetRecord, findCodeSet, type Mongo } from '@onsale/booking-mongo';
import type { SaleId } from '@onsale/domain';
import { type CodeBearer, signAccessCode } from '@onsale/pass';
import { csvLine } from '../csv/csv-line.ts';
import { refuse } from '../errors.ts';

type Deps = { readonly mongo: Mongo; readonly publicUrl: string };

export async function codesFile(
  { mongo, publicUrl }: Deps,
  wanted: { readonly saleId: SaleId; readonly codeSetId: string },
): Promise<string> {
  const set = await findCodeSet(mongo, wanted);
  if (set === null) refuse('not_found');
  const lines = Array.from({ length: set.count }, (_, serial) => {
    const code = codeOf(set, serial);
    return csvLine([code, codeLink({ publicUrl, set, code }), set.recipients[serial] ?? '']);
  });
  return [csvLine(['code', 'link', 'for']), ...lines].join('');
}

export function codeOf({ secret, saleId, number, boundTo, recipients }: CodeSetRecord, serial: number): string {
  return signAccessCode(secret, { saleId, setNumber: number, serial, bearer: bearerOf(boundTo, recipients[serial]) });
}

/** Behind the #, so that a code is in no log. */
export function codeLink({
  publicUrl,
  set: { saleId, purpose },
  code,
}: {
  readonly publicUrl: string;
  readonly set: Pick<CodeSetRecord, 'saleId' | 'purpose'>;
  readonly code: string;
}): string {
  return `${publicUrl}/sales/${saleId}#${purpose === 'bypass' ? 'bypass' : 'code'}=${code}`;
}

function bearerOf(boundTo: CodeSetRecord['boundTo'], recipient: string | undefined): CodeBearer {
  return boundTo === 'none' ? null : { kind: boundTo, id: recipient ?? '' };
}
