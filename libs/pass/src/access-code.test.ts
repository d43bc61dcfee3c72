import { randomBytes } from 'node:crypto';
import { readAccessCode, type SaleId } from '@onsale/domain';
import { type CodeBearer, isAccessCodeTrue, signAccessCode } from './access-code.ts';

const secret = randomBytes(32).toString('hex');
const saleId = 'sale-1' as SaleId;
const isTrue = (text: string, { sale = saleId, bearer = null as CodeBearer, key = secret } = {}) => {
  const code = readAccessCode(text);
  return code !== null && isAccessCodeTrue(key, { code, saleId: sale, bearer });
};

test('10,000 codes of a set are all true, all different, and true for their sale and secret alone', () => {
  const codes = Array.from({ length: 10_000 }, (_, serial) =>
    signAccessCode(secret, { saleId, setNumber: 3, serial, bearer: null }),
  );
  expect(new Set(codes).size).toBe(10_000);
  expect(codes.every((code) => isTrue(code))).toBe(true);
  const other = randomBytes(32).toString('hex');
  expect(codes.some((code) => isTrue(code, { sale: 'sale-2' as SaleId }) || isTrue(code, { key: other }))).toBe(false);
});

test('no one-symbol slip of 200 codes is another true code', () => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  for (let serial = 0; serial < 200; serial++) {
    const code = signAccessCode(secret, { saleId, setNumber: 1, serial, bearer: null }).replaceAll('-', '');
    for (let at = 0; at < code.length; at++) {
      const other = alphabet.charAt((alphabet.indexOf(code.charAt(at)) + 1 + ((serial + at) % 31)) % 32);
      expect(isTrue(code.slice(0, at) + other + code.slice(at + 1))).toBe(other === code.charAt(at));
    }
  }
});

test('an invitation is true for its address or fan alone, in whatever case the address is typed', () => {
  const invitation = { saleId, setNumber: 2, serial: 7, bearer: { kind: 'email', id: 'aino@example.org' } } as const;
  const code = signAccessCode(secret, invitation);
  expect(isTrue(code, { bearer: { kind: 'email', id: 'Aino@Example.org' } })).toBe(true);
  expect(isTrue(code, { bearer: { kind: 'email', id: 'eino@example.org' } })).toBe(false);
  expect(isTrue(code, { bearer: { kind: 'fan', id: 'aino@example.org' } })).toBe(false);
  expect(isTrue(code)).toBe(false);
});
