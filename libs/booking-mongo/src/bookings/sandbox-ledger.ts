// What the sandbox payment provider knows about its payments: the books of a provider of our own, apart from ours.
import type { PaymentId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

export type SandboxEntry = {
  _id: PaymentId;
  outcome: 'succeeded' | 'failed';
  /** From when on the provider admits it. */
  at: Date;
  refunded: boolean;
};

const schema = new Schema<SandboxEntry>(
  {
    _id: { type: String, required: true },
    outcome: { type: String, required: true },
    at: { type: Date, required: true },
    refunded: { type: Boolean, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
export const sandboxEntries = collection('sandboxPayments', schema);

/** The books behind the sandbox provider. The first outcome stands. */
export function sandboxLedger(mongo: Mongo) {
  return {
    read: async (paymentId: PaymentId): Promise<SandboxEntry | null> =>
      sandboxEntries(mongo).findById(paymentId).lean(),
    async write(paymentId: PaymentId, outcome: SandboxEntry['outcome'], at: Date): Promise<void> {
      await sandboxEntries(mongo).updateOne(
        { _id: paymentId },
        { $setOnInsert: { outcome, at, refunded: false } },
        { upsert: true },
      );
    },
    /** True when this call moved the money, false when it had been moved before. */
    async refund(paymentId: PaymentId): Promise<boolean> {
      const { modifiedCount } = await sandboxEntries(mongo).updateOne(
        { _id: paymentId, outcome: 'succeeded', refunded: false },
        { $set: { refunded: true } },
      );
      return modifiedCount > 0;
    },
  };
}
