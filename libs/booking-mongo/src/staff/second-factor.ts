// Authenticators of staff and the codes that stand in for a lost one.
import type { StaffId } from '@onsale/domain';
import { runTransaction } from '../bookings/run-transaction.ts';
import type { Mongo } from '../connect-mongo.ts';
import { type Actor, recordAct } from './record-act.ts';
import { sessions, staff } from './staff.ts';

/** Shown to the member, in force only once a code of it came back. */
export async function keepTotpPending(mongo: Mongo, staffId: StaffId, secret: string): Promise<void> {
  await staff(mongo).updateOne({ _id: staffId }, { $set: { totpPending: secret } });
}

type NewTotp = {
  readonly secret: string;
  /** Of the code that confirmed it. */
  readonly step: number;
  readonly recoveryDigests: readonly string[];
  readonly keptSession: string;
};

/** False when another secret was asked for meanwhile. */
export async function startTotpOf(mongo: Mongo, totp: NewTotp, actor: Actor): Promise<boolean> {
  const { secret, step, recoveryDigests, keptSession } = totp;
  const staffId = actor.staffId;
  return runTransaction(mongo, async (session) => {
    const { modifiedCount } = await staff(mongo).updateOne(
      { _id: staffId, totpPending: secret },
      { $set: { totp: { secret, lastStep: step }, totpPending: null, recoveryDigests: [...recoveryDigests] } },
      { session },
    );
    if (modifiedCount === 0) return false;
    await sessions(mongo).deleteMany({ staffId, _id: { $ne: keptSession } }, { session });
    await recordAct(mongo, { act: 'authenticator set up', subject: `staff:${staffId}` }, { actor, session });
    return true;
  });
}

export async function stopTotpOf(mongo: Mongo, actor: Actor): Promise<void> {
  await runTransaction(mongo, async (session) => {
    await staff(mongo).updateOne(
      { _id: actor.staffId },
      { $set: { totp: null, totpPending: null, recoveryDigests: [] } },
      { session },
    );
    await recordAct(mongo, { act: 'authenticator taken away', subject: `staff:${actor.staffId}` }, { actor, session });
  });
}

/** True once for each time step, and never for one before a step that was taken. */
export async function takeTotpStep(mongo: Mongo, staffId: StaffId, step: number): Promise<boolean> {
  const { modifiedCount } = await staff(mongo).updateOne(
    { _id: staffId, 'totp.lastStep': { $lt: step } },
    { $set: { 'totp.lastStep': step } },
  );
  return modifiedCount === 1;
}

/** True once for each recovery code. */
export async function takeRecoveryCode(
  mongo: Mongo,
  digest: string,
  actor: Actor & { readonly staffId: StaffId },
): Promise<boolean> {
  return runTransaction(mongo, async (session) => {
    const { modifiedCount } = await staff(mongo).updateOne(
      { _id: actor.staffId, recoveryDigests: digest },
      { $pull: { recoveryDigests: digest } },
      { session },
    );
    if (modifiedCount === 1) {
      await recordAct(mongo, { act: 'recovery code used', subject: `staff:${actor.staffId}` }, { actor, session });
    }
    return modifiedCount === 1;
  });
}
