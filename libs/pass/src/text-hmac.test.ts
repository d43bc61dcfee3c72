import { createHmac, randomBytes } from 'node:crypto';
import { textHmac } from './text-hmac.ts';

test('it is the HMAC of RFC 2104 for keys and texts of every length, and for any script', () => {
  for (let length = 0; length < 300; length++) {
    const key = randomBytes(length % 100);
    const text = randomBytes(length).toString('base64url');
    expect(textHmac(key)(text)).toBe(createHmac('sha256', key).update(text).digest('base64url'));
    const foreign = text.replaceAll('A', '\u0141').replaceAll('B', '猫').replaceAll('C', '\u{1f39f}');
    expect(textHmac(key)(foreign)).toBe(createHmac('sha256', key).update(foreign).digest('base64url'));
  }
});

test('a long text leaves nothing behind in the next, shorter one', () => {
  const key = randomBytes(32);
  const hmac = textHmac(key);
  hmac('猫'.repeat(640));
  expect(hmac('short')).toBe(createHmac('sha256', key).update('short').digest('base64url'));
  expect(() => hmac('x'.repeat(641))).toThrow(RangeError);
});
