import { createHash } from 'node:crypto';
import { solveWork } from './proof-of-work.ts';

const challengeFor = (number: number, maxnumber: number, salt = '1a2b3c.room.1790000000000?') => ({
  algorithm: 'SHA-256' as const,
  challenge: createHash('sha256').update(`${salt}${number}`).digest('hex'),
  salt,
  maxnumber,
  signature: '',
});

test('the number behind a challenge is found, with any count of digits and the last one too', () => {
  for (const number of [0, 9, 10, 99, 100, 12_345, 100_000]) {
    expect(solveWork(challengeFor(number, number))).toBe(number);
  }
  expect(solveWork(challengeFor(777, 1000, 's'.repeat(130)))).toBe(777);
});

test('what has no number up to the limit, or is no challenge at all, is given up', () => {
  expect(solveWork(challengeFor(1001, 1000))).toBeNull();
  expect(solveWork({ ...challengeFor(1, 10), challenge: 'noise' })).toBeNull();
});
