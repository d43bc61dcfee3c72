// The first owner comes from the environment, so that a new installation can be entered. A later start with another
// password changes it: whoever holds the environment holds the house.
import {
  addOwnerUnlessKnown,
  changePasswordHash,
  findStaffByEmail,
  type Mongo,
  recordAct,
  type StaffRecord,
} from '@onsale/booking-mongo';
import type { Clock } from '@onsale/runtime';
import { newId } from '../new-id.ts';
import { hashPassword, passwordMatches } from './password.ts';

export type FirstOwner = { readonly email: string; readonly password: string };

export async function ensureFirstOwner(
  { mongo, clock }: { readonly mongo: Mongo; readonly clock: Clock },
  { email, password }: FirstOwner,
): Promise<'made' | 'password_changed' | 'known'> {
  const address = email.toLowerCase();
  const known = await findStaffByEmail(mongo, address);
  if (known !== null && (await passwordMatches(known.passwordHash, password))) return 'known';
  const passwordHash = await hashPassword(password);
  const at = new Date(clock.now());
  const actor = { staffId: null, address: 'environment', at };
  if (known !== null) {
    const change = { staffId: known._id, passwordHash, keptSession: null };
    await changePasswordHash(mongo, change, { actor, act: 'password set from the environment' });
    return 'password_changed';
  }
  const owner: StaffRecord = { _id: newId('staff'), email: address, passwordHash, role: 'owner', createdAt: at };
  if (!(await addOwnerUnlessKnown(mongo, owner))) return 'known';
  await recordAct(mongo, { act: 'owner made from the environment', subject: `staff:${owner._id}` }, { actor });
  return 'made';
}
