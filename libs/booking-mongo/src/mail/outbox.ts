// Mail that is to go out. Whoever wants one sent puts it here; a job hands it over, again and again until it is taken.
import { Schema, Types } from 'mongoose';
import type { Mongo } from '../connect-mongo.ts';
import { collection } from '../model.ts';

export type MailRecord = {
  _id: Types.ObjectId;
  to: string;
  /** What the mail says; its words are the job's. */
  template: 'identity_link' | 'staff_invitation' | 'staff_password_reset';
  locale: string;
  values: Record<string, string>;
  createdAt: Date;
  attempts: number;
  /** Not before; null once it was handed over. */
  dueAt: Date | null;
  sentAt: Date | null;
};

const schema = new Schema<MailRecord>(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    to: { type: String, required: true },
    template: { type: String, required: true },
    locale: { type: String, required: true },
    values: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    attempts: { type: Number, required: true },
    dueAt: { type: Date, default: null },
    sentAt: { type: Date, default: null },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ dueAt: 1 });
schema.index({ to: 1, createdAt: -1 });
export const mailOutbox = collection('mailOutbox', schema);

export type NewMail = Pick<MailRecord, 'to' | 'template' | 'locale' | 'values'>;

const ADDRESS_WINDOW_MS = 10 * 60_000;
const ADDRESS_MAIL_MAX = 3; // in a window: nobody's mailbox is filled by somebody else
const RETRY_MS = 5_000; // doubled with each attempt
const RETRY_MAX_MS = 3600_000;

/** False when the address has got as many as it may just now. */
export async function putMail(mongo: Mongo, mail: NewMail, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - ADDRESS_WINDOW_MS);
  const recent = await mailOutbox(mongo).countDocuments({ to: mail.to, createdAt: { $gt: since } });
  if (recent >= ADDRESS_MAIL_MAX) return false;
  const record = { _id: new Types.ObjectId(), ...mail, createdAt: now, attempts: 0, dueAt: now, sentAt: null };
  await mailOutbox(mongo).create([record]);
  return true;
}

/** Takes the next mail for the while of one attempt: when it fails, or its taker dies, it is due again later. */
export async function takeMail(mongo: Mongo, now: Date): Promise<MailRecord | null> {
  const due = await mailOutbox(mongo)
    .findOne({ dueAt: { $lte: now } })
    .sort({ dueAt: 1 })
    .lean<MailRecord>();
  if (due === null) return null;
  const retryMs = Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** due.attempts);
  return mailOutbox(mongo)
    .findOneAndUpdate(
      { _id: due._id, attempts: due.attempts, dueAt: due.dueAt },
      { $set: { dueAt: new Date(now.getTime() + retryMs) }, $inc: { attempts: 1 } },
      { returnDocument: 'after' },
    )
    .lean<MailRecord>();
}

/** Its words are forgotten: they hold a link. */
export async function noteMailSent(mongo: Mongo, id: Types.ObjectId, now: Date): Promise<void> {
  await mailOutbox(mongo).updateOne({ _id: id }, { $set: { sentAt: now, dueAt: null, values: {} } });
}
