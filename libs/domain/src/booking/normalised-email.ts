// One mailbox, one spelling: limits by e-mail count mailboxes, not the many ways to write one.
import { toHex, utf8 } from '../hash/bytes.ts';
import { sha256 } from '../hash/sha256.ts';

/** Where dots in the local part mean nothing, and the name the mailboxes are counted under. */
const DOTLESS_DOMAINS: Readonly<Record<string, string>> = { 'gmail.com': 'gmail.com', 'googlemail.com': 'gmail.com' };
const DIGEST_HEX_CHARS = 32; // 128 bits: no two addresses meet

/** Lower case, without what follows a plus, without dots where the provider ignores them. */
export function normalisedEmail(email: string): string {
  const folded = email.trim().normalize('NFKC').toLowerCase();
  const at = folded.lastIndexOf('@');
  if (at <= 0) return folded;
  const domain = folded.slice(at + 1).replace(/\.$/, '');
  const plain = folded.slice(0, at).replace(/(?<=.)\+.*$/, '');
  const known = DOTLESS_DOMAINS[domain];
  return known === undefined ? `${plain}@${domain}` : `${plain.replaceAll('.', '')}@${known}`;
}

/** Names the mailbox where its address must not stand. */
export function emailDigest(email: string): string {
  return toHex(sha256(utf8(normalisedEmail(email)))).slice(0, DIGEST_HEX_CHARS);
}
