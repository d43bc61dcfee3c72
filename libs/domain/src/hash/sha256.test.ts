import { createHash, createHmac, randomBytes } from 'node:crypto';
import { hmacSha256, sha256, sha256Beginning } from './sha256.ts';

test('SHA-256 agrees with node:crypto for every length around the block edges', () => {
  for (let length = 0; length < 200; length++) {
    const message = randomBytes(length);
    expect(Buffer.from(sha256(message)).toString('hex')).toBe(createHash('sha256').update(message).digest('hex'));
  }
});

test('HMAC-SHA256 agrees with node:crypto for short, exact and long keys', () => {
  for (const keyLength of [0, 1, 32, 63, 64, 65, 200]) {
    const key = randomBytes(keyLength);
    const message = randomBytes(77);
    expect(Buffer.from(hmacSha256(key, message)).toString('hex')).toBe(
      createHmac('sha256', key).update(message).digest('hex'),
    );
  }
});

test('messages that begin alike have the digests they have alone, whatever was hashed before', () => {
  for (const startLength of [0, 5, 54, 63, 64, 65, 120, 200]) {
    const start = randomBytes(startLength);
    const digestOf = sha256Beginning(start, 16);
    for (const length of [16, 1, 9, 0]) {
      const tail = randomBytes(16);
      const words = [...digestOf(tail, length)].map((word) => word.toString(16).padStart(8, '0'));
      const whole = Buffer.concat([start, tail.subarray(0, length)]);
      expect(words.join('')).toBe(createHash('sha256').update(whole).digest('hex'));
    }
  }
});
