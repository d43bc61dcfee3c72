// Ids of what staff makes: a word that says what it is, and 96 random bits.
import { randomBytes } from 'node:crypto';

export function newId<Id extends string>(what: string): Id {
  return `${what}_${randomBytes(12).toString('hex')}` as Id;
}
