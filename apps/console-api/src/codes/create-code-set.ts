// An organizer makes access codes for a sale, or invitations for people by name.
import { type Actor, addCodeSet, countUsedCodes, listCodeSets, type Mongo } from '@onsale/booking-mongo';
import type { CodeSetView, NewCodeSet } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { refuse } from '../errors.ts';
import { newId } from '../new-id.ts';
import { readSale } from '../ops/read-sale.ts';
import { codeSetView } from './code-set-view.ts';

type Deps = { readonly mongo: Mongo };

export async function createCodeSet(
  deps: Deps,
  { saleId, input, actor }: { readonly saleId: SaleId; readonly input: NewCodeSet; readonly actor: Actor },
): Promise<CodeSetView> {
  const sale = await readSale(deps, saleId);
  const known = new Set<string>(sale.phases.map(({ id }) => id));
  const unknown = input.phaseIds.findIndex((id) => !known.has(id));
  if (unknown >= 0) refuseField(`phaseIds.${unknown}`, 'this sale has no such phase');
  const { name, usesMax, phaseIds, expiresAt } = input;
  const { boundTo, recipients, count } = whomFor(input);
  const set = await addCodeSet(
    deps.mongo,
    {
      _id: newId('codes'),
      saleId,
      name,
      purpose: 'access',
      count,
      usesMax,
      boundTo,
      recipients: [...recipients],
      phaseIds,
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    },
    { actor, act: boundTo === 'none' ? 'codes made' : 'invitations made' },
  );
  if (set === null) refuse('conflict', { detail: 'A sale has at most 1,023 sets of codes.' });
  return codeSetView(set, 0);
}

type WhomFor = { boundTo: 'none' | 'email' | 'fan'; recipients: readonly string[]; count: number };

function whomFor({ invite, count }: NewCodeSet): WhomFor {
  if (invite === null) {
    if (count === undefined) refuseField('count', 'say how many codes');
    return { boundTo: 'none', recipients: [], count };
  }
  if (count !== undefined) refuseField('count', 'invitations are as many as those invited');
  const recipients = 'emails' in invite ? invite.emails.map((one) => one.toLowerCase()) : invite.fanIds;
  const field = 'emails' in invite ? 'emails' : 'fanIds';
  const seen = new Set<string>();
  recipients.forEach((one, i) => {
    if (seen.has(one)) refuseField(`invite.${field}.${i}`, 'is named twice');
    seen.add(one);
  });
  return { boundTo: field === 'emails' ? 'email' : 'fan', recipients, count: recipients.length };
}

function refuseField(field: string, message: string): never {
  refuse('rule_violated', { fields: [{ field, message }] });
}

export async function showCodeSets(deps: Deps, saleId: SaleId): Promise<readonly CodeSetView[]> {
  await readSale(deps, saleId);
  const [sets, used] = await Promise.all([listCodeSets(deps.mongo, saleId), countUsedCodes(deps.mongo, saleId)]);
  return sets.map((set) => codeSetView(set, used.get(set.number) ?? 0));
}
