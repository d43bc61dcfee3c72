import fc from 'fast-check';
import {
  CODE_SET_NUMBER_MAX,
  CODE_SIGNATURE_BITS,
  CODES_PER_SET_MAX,
  readAccessCode,
  writeAccessCode,
} from './access-code.ts';

const code = fc.record({
  setNumber: fc.integer({ min: 0, max: CODE_SET_NUMBER_MAX }),
  serial: fc.integer({ min: 0, max: CODES_PER_SET_MAX - 1 }),
  signature: fc.bigInt({ min: 0n, max: (1n << CODE_SIGNATURE_BITS) - 1n }),
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(code, (one) => {
      const text = writeAccessCode(one);
      expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(readAccessCode(text)).toEqual(one);
    }),
  );
});

test('case, spaces, hyphens and look-alikes are forgiven', () => {
  const text = writeAccessCode({ setNumber: 1, serial: 0, signature: 1n });
  const plain = text.replaceAll('-', '');
  for (const typed of [
    text.toLowerCase(),
    plain,
    ` ${plain.slice(0, 5)} ${plain.slice(5)} `,
    plain.replaceAll('0', 'O').replaceAll('1', 'l'),
    plain.replaceAll('0', 'o').replaceAll('1', 'I'),
    text.replaceAll('-', '–'),
  ]) {
    expect(readAccessCode(typed)).toEqual(readAccessCode(text));
  }
});

test('what is too short, too long or has a letter that is none is no code', () => {
  const text = writeAccessCode({ setNumber: 5, serial: 9, signature: 77n });
  for (const wrong of [
    '',
    text.slice(1),
    `${text}0`,
    text.replace(/.$/, 'U'),
    text.replace(/.$/, 'ä'),
    '0'.repeat(900),
  ]) {
    expect(readAccessCode(wrong)).toBeNull();
  }
});

test('one wrong symbol never leads to another code of the same set with the same signature', () => {
  fc.assert(
    fc.property(code, fc.nat(15), fc.integer({ min: 1, max: 31 }), (one, at, step) => {
      const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
      const plain = writeAccessCode(one).replaceAll('-', '');
      const other = alphabet.charAt((alphabet.indexOf(plain.charAt(at)) + step) % 32);
      const read = readAccessCode(plain.slice(0, at) + other + plain.slice(at + 1));
      expect(read).not.toEqual(one);
    }),
  );
});
