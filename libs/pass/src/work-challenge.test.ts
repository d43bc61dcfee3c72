import { randomBytes } from 'node:crypto';
import { solveWork, type WorkChallenge, workPayload } from '@onsale/domain';
import { solveChallenge } from 'altcha-lib/v1';
import { parseTokenKeys } from './token-keys.ts';
import { askForWork, judgeWork } from './work-challenge.ts';

const key = (kid: string) => `${kid}:${randomBytes(32).toString('hex')}`;
const keys = parseTokenKeys(key('a'));
const now = 1_900_000_000_000;
const asked = { subject: 'block-1', maxNumber: 400, expiresAt: now + 60_000 };
const solve = (challenge: WorkChallenge) => workPayload(challenge, solveWork(challenge) as number);
const judge = (payload: string, change: { subject?: string; now?: number } = {}) =>
  judgeWork(keys, payload, { subject: 'block-1', now, ...change });

test('work that was done counts for whom it was asked of, until it expires', () => {
  const challenge = askForWork(keys, asked);
  const payload = solve(challenge);
  expect(judge(payload)).toEqual({
    kind: 'done',
    id: challenge.challenge,
    maxNumber: 400,
    expiresAt: now + 60_000,
  });
  expect(judge(payload, { subject: 'block-2' })).toMatchObject({ reason: 'of_another' });
  expect(judge(payload, { now: now + 60_000 })).toMatchObject({ reason: 'expired' });
});

test('no part of an answer can be changed, and no digit moved between salt and number', () => {
  const challenge = askForWork(keys, { ...asked, maxNumber: 99_999 });
  const answer = JSON.parse(atob(solve({ ...challenge, maxnumber: 99_999 })));
  const send = (change: object) => judge(btoa(JSON.stringify({ ...answer, ...change }))).kind;
  expect(send({})).toBe('done');
  const digits = String(answer.number);
  for (const change of [
    { number: answer.number + 1 },
    { number: -1 },
    { number: 0.5 },
    { algorithm: 'SHA-1' },
    { signature: answer.signature.replace(/^./, (first: string) => (first === '0' ? '1' : '0')) },
    { salt: answer.salt.replace('expires=1', 'expires=2') },
    { salt: answer.salt + digits[0], number: Number(digits.slice(1)) },
    { salt: answer.salt.replace('max=99999', 'max=9') },
    { challenge: 'ab'.repeat(32) },
  ]) {
    expect(send(change)).toBe('not_done');
  }
  for (const noise of ['', '{', 'AAAA', 'x'.repeat(2000), btoa('null'), btoa('[]')]) {
    expect(judge(noise).kind).toBe('not_done');
  }
});

test('after a key is rotated, work asked under the old one still counts', () => {
  const [old, fresh] = [key('old'), key('new')];
  const payload = solve(askForWork(parseTokenKeys(old), asked));
  const both = parseTokenKeys(`${fresh},${old}`);
  expect(judgeWork(both, payload, { subject: 'block-1', now }).kind).toBe('done');
  expect(judgeWork(parseTokenKeys(fresh), payload, { subject: 'block-1', now })).toMatchObject({ reason: 'forged' });
});

test('a client of ALTCHA solves what we ask, and we take its answer', async () => {
  const { algorithm, challenge, salt, maxnumber, signature } = askForWork(keys, asked);
  const solution = await solveChallenge(challenge, salt, algorithm, maxnumber).promise;
  const payload = btoa(JSON.stringify({ algorithm, challenge, number: solution?.number, salt, signature, took: 12 }));
  expect(judge(payload).kind).toBe('done');
});
