// Hands the mail of the outbox over, one after the other. What cannot be handed over stays and is tried again later.
import type { MailRecord } from '@onsale/booking-mongo';
import { mailWords } from './mail-words.ts';

export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

export type SendMailDeps = {
  takeMail(now: Date): Promise<MailRecord | null>;
  noteSent(mail: MailRecord, now: Date): Promise<void>;
  /** The port to whatever carries mail. Rejects when it was not taken. */
  deliver(mail: Mail, record: MailRecord): Promise<void>;
  now(): number;
};

const MAILS_PER_RUN_MAX = 50;

/** How many were handed over. A failure ends the run; the mail is due again later. */
export async function sendMail({ takeMail, noteSent, deliver, now }: SendMailDeps): Promise<number> {
  for (let sent = 0; sent < MAILS_PER_RUN_MAX; sent++) {
    const record = await takeMail(new Date(now()));
    if (record === null) return sent;
    await deliver({ to: record.to, ...mailWords(record) }, record);
    await noteSent(record, new Date(now()));
  }
  return MAILS_PER_RUN_MAX;
}
