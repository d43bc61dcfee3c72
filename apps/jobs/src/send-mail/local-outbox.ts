// Mail where nothing carries it yet: each one a file that any mail program opens, in a folder a developer can look at.
import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mail } from './send-mail.ts';

/** RFC 5322 with the body and the subject in base64, so that every language arrives as it was written. */
export async function keepAsFile(folder: string, { to, subject, text }: Mail, at: Date): Promise<void> {
  await mkdir(folder, { recursive: true });
  const lines = [
    'From: Onsale <no-reply@onsale.localhost>',
    `To: <${to.replace(/[\r\n<>]/g, '')}>`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${randomUUID()}@onsale.localhost>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    '',
  ];
  const file = join(folder, `${at.toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.eml`);
  await writeFile(`${file}.part`, lines.join('\r\n'));
  await rename(`${file}.part`, file); // a reader never sees half a mail
}
