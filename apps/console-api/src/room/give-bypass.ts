// Links that let people in past the line: the box office, a guest, somebody whom we owe it. Each works once, for a while,
// and the reason stands in the audit log.
import { type Actor, addCodeSet, type Mongo } from '@onsale/booking-mongo';
import type { BypassView, NewBypass } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { codeLink, codeOf } from '../codes/write-codes.ts';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';
import { readSale } from '../ops/read-sale.ts';

type Deps = { readonly mongo: Mongo; readonly publicUrl: string };

export async function giveBypass(
  deps: Deps,
  { saleId, input, actor }: { readonly saleId: SaleId; readonly input: NewBypass; readonly actor: Actor },
): Promise<BypassView> {
  await readSale(deps, saleId);
  const { note, count, minutes } = input;
  const expiresAt = new Date(actor.at.getTime() + minutes * 60_000);
  const plain = { purpose: 'bypass', usesMax: 1, boundTo: 'none', recipients: [], phaseIds: [] } as const;
  const set = await addCodeSet(
    deps.mongo,
    { _id: newId('codes'), saleId, name: note, count, expiresAt, ...plain, recipients: [], phaseIds: [] },
    { actor, act: 'bypass given' },
  );
  if (set === null) refuse('conflict', { detail: 'A sale has at most 1,023 sets of codes.' });
  const codes = Array.from({ length: count }, (_, serial) => codeOf(set, serial));
  return {
    codeSetId: set._id,
    expiresAt: expiresAt.toISOString(),
    links: codes.map((code) => ({ code, url: codeLink({ publicUrl: deps.publicUrl, set, code }) })),
  };
}
