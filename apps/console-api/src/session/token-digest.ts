// Tokens of 256 random bits, and what of them is kept: a plain digest, since none can be guessed.
import { createHash, randomBytes } from 'node:crypto';

export const newToken = (): string => randomBytes(32).toString('base64url');

export function tokenDigest(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
