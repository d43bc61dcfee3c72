// An operator changes how a running sale admits. If-Match carries the version that was seen: of two hands at once the
// second is told to look again.
import { type Actor, changeAdmission, type Mongo, type SaleRecord } from '@onsale/booking-mongo';
import type { AdmissionSettings } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import { refuse } from '../errors.ts';
import { seenVersion } from '../seen-version.ts';

export type SettingsChange = { readonly [Key in keyof AdmissionSettings]?: AdmissionSettings[Key] | undefined };

/** Refuses with not_found, precondition_failed, or rule_violated when the floor would lie above the ceiling. */
export async function changeSettings(
  { mongo }: { readonly mongo: Mongo },
  {
    saleId,
    ifMatch,
    settings,
    actor,
  }: {
    readonly saleId: SaleId;
    readonly ifMatch: string;
    readonly settings: SettingsChange;
    readonly actor: Actor;
  },
): Promise<SaleRecord> {
  const expectedVersion = seenVersion(ifMatch);
  if (expectedVersion === undefined) refuse('precondition_failed');
  const outcome = await changeAdmission(mongo, {
    saleId,
    expectedVersion,
    act: 'admission settings changed',
    change: (sale) => {
      const admission = { ...sale.admission, ...withoutUndefined(settings) };
      return admission.ceiling > 0 && admission.floor > admission.ceiling ? null : { admission };
    },
    actor,
  });
  if (outcome.kind === 'stale') refuse('precondition_failed');
  if (outcome.kind === 'not_found') refuse('not_found');
  if (outcome.kind === 'refused') {
    refuse('rule_violated', { fields: [{ field: 'floor', message: 'the floor lies above the ceiling' }] });
  }
  return outcome.sale;
}

export function etagOf({ admissionVersion }: Pick<SaleRecord, 'admissionVersion'>): string {
  return `"${admissionVersion}"`;
}

function withoutUndefined<Value extends object>(
  value: Value,
): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [Key in keyof Value]: Exclude<Value[Key], undefined>;
  };
}
