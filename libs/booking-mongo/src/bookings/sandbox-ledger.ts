// What the sandbox payment provider knows about its payments: the books of a provider of our own, apart from ours.
import type { MoneyOrderId, PaymentId } from '@onsale/domain';
import { Schema } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';
import { native } from '../native.ts';

type SandboxDocument = {
  _id: PaymentId;
  outcome: 'authorised' | 'succeeded' | 'failed';
  /** From when on the provider admits it. */
  at: Date;
  /** Minor units, and how many of them went back by which order. */
  amount: number;
  returned: number;
  refunds: { orderId: MoneyOrderId; amount: number }[];
  refusesCapture: boolean;
};

const schema = new Schema<SandboxDocument>(
  {
    _id: { type: String, required: true },
    outcome: { type: String, required: true },
    at: { type: Date, required: true },
    amount: { type: Number, required: true },
    returned: { type: Number, required: true },
    refunds: { type: Schema.Types.Mixed, required: true },
    refusesCapture: { type: Boolean, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
export const sandboxEntries = collection('sandboxPayments', schema);

type Entry = Pick<SandboxDocument, 'outcome' | 'at' | 'amount' | 'refusesCapture'>;

/** The books behind the sandbox provider. */
export function sandboxLedger(mongo: Mongo) {
  const entries = () => native(mongo, sandboxEntries);
  return {
    read: (paymentId: PaymentId): Promise<Entry | null> => entries().findOne({ _id: paymentId }),
    /** The first outcome stands. */
    async write(paymentId: PaymentId, entry: Entry): Promise<void> {
      const first = { ...entry, returned: 0, refunds: [] };
      await entries().updateOne({ _id: paymentId }, { $setOnInsert: first }, { upsert: true });
    },
    async settle(paymentId: PaymentId, outcome: 'succeeded' | 'failed'): Promise<void> {
      const authorised = { _id: paymentId, outcome: 'authorised' as const };
      await entries().updateOne(authorised, { $set: { outcome } });
    },
    async refund(
      paymentId: PaymentId,
      { orderId, amount }: { readonly orderId: MoneyOrderId; readonly amount: number },
    ): Promise<boolean> {
      const entry = await entries().findOne({ _id: paymentId, outcome: 'succeeded' });
      if (entry === null) return false;
      if (entry.refunds.some((refund) => refund.orderId === orderId)) return true;
      const { matchedCount } = await entries().updateOne(
        { _id: paymentId, 'refunds.orderId': { $ne: orderId }, returned: { $lte: entry.amount - amount } },
        { $inc: { returned: amount }, $push: { refunds: { orderId, amount } } },
      );
      // Refused, or done by another at the same time.
      return matchedCount > 0 || (await entries().countDocuments({ _id: paymentId, 'refunds.orderId': orderId })) > 0;
    },
  };
}
