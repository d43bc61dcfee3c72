// How an access code is written: sixteen letters and digits of Crockford's base 32 (https://www.crockford.com/base32.html)
// in groups of four. 45 bits of it are its signature, 10 the code set it belongs to, 25 its place in the set. Set and
// place are mixed with the signature, so that codes of one set do not look alike and no slip of a finger leads from one
// to the next.

export type AccessCode = {
  /** 1 … 1023, within a sale. */
  readonly setNumber: number;
  /** 0-based, within the set. */
  readonly serial: number;
  /** 45 bits. */
  readonly signature: bigint;
};

export const CODE_SET_NUMBER_MAX = 2 ** 10 - 1;
export const CODES_PER_SET_MAX = 2 ** 25;
export const CODE_SIGNATURE_BITS = 45n;

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SYMBOLS = 16;
const BITS = 5n;
const SERIAL_BITS = 25n;
const REF_BITS = 35n;
const REF_MASK = (1n << REF_BITS) - 1n;

export function writeAccessCode({ setNumber, serial, signature }: AccessCode): string {
  const ref = (BigInt(setNumber) << SERIAL_BITS) | BigInt(serial);
  let value = (signature << REF_BITS) | (ref ^ (signature & REF_MASK));
  let text = '';
  for (let i = 0; i < SYMBOLS; i++) {
    text = ALPHABET.charAt(Number(value & 31n)) + text;
    value >>= BITS;
  }
  return (text.match(/.{4}/g) ?? []).join('-');
}

/** Forgives case, spaces, hyphens, and O for 0, I or L for 1; null when it cannot be a code. Says nothing of its truth. */
export function readAccessCode(text: string): AccessCode | null {
  const symbols = text
    .toUpperCase()
    .replace(/[\s\-–—_.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (symbols.length !== SYMBOLS) return null;
  let value = 0n;
  for (const symbol of symbols) {
    const digit = ALPHABET.indexOf(symbol);
    if (digit < 0) return null;
    value = (value << BITS) | BigInt(digit);
  }
  const signature = value >> REF_BITS;
  const ref = (value & REF_MASK) ^ (signature & REF_MASK);
  return { setNumber: Number(ref >> SERIAL_BITS), serial: Number(ref & ((1n << SERIAL_BITS) - 1n)), signature };
}
