// Forged, altered, exchanged, outlived and repeated challenges, links and codes by the ten thousand: none is taken.
import { createHash, randomBytes } from 'node:crypto';
import { type FanId, readAccessCode, type SaleId, solveWork, workPayload } from '@onsale/domain';
import { isAccessCodeTrue, signAccessCode } from './access-code.ts';
import { openFan } from './fan-token.ts';
import { IDENTITY_LINK_SECONDS, openIdentity, sealIdentity } from './identity-token.ts';
import { MOVE_LINK_SECONDS, openMove, sealMove } from './move-token.ts';
import { openPlace, sealPlace } from './place-token.ts';
import { parseTokenKeys } from './token-keys.ts';
import { askForWork, judgeWork } from './work-challenge.ts';

const keys = parseTokenKeys(`a:${randomBytes(32).toString('hex')},b:${randomBytes(32).toString('hex')}`);
const stranger = parseTokenKeys(`a:${randomBytes(32).toString('hex')}`);
const saleId = 'sale-1' as SaleId;
const now = Date.UTC(2030, 0, 1);

/** The same changes in every run. */
function* changes(name: string, count: number): Generator<number> {
  let state = createHash('sha256').update(name).digest();
  for (let i = 0; i < count; i++) {
    if (i % 8 === 0) state = createHash('sha256').update(state).digest();
    yield state.readUInt32BE((i % 8) * 4);
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=';

function alter(text: string, change: number, letters = LETTERS): string {
  const at = change % text.length;
  const other = letters.charAt((change >>> 8) % letters.length);
  const way = (change >>> 16) % 4;
  if (way === 0) return text.slice(0, at) + text.slice(at + 1);
  if (way === 1) return text.slice(0, at) + other + text.slice(at);
  if (way === 2) return text.slice(0, at);
  return text.slice(0, at) + other + text.slice(at + 1);
}

const place = { saleId, index: 1, fanId: 'fan-1' as FanId, joinedAt: now, version: 0, code: null };
const placeToken = sealPlace(keys, { ...place, epoch: 1 });
const move = sealMove(keys, { ...place, linkEpoch: 1 }, now);
const identity = sealIdentity(keys, { email: 'ann@example.org', saleId }, now);

test('40,000 altered, foreign, outlived and exchanged move links and identity links: none is taken', () => {
  const madeMoves = [
    sealMove(stranger, { ...place, linkEpoch: 1 }, now),
    sealMove(keys, { ...place, linkEpoch: 1 }, now - MOVE_LINK_SECONDS * 1000),
    sealMove(keys, { ...place, saleId: 'sale-2' as SaleId, linkEpoch: 1 }, now),
    placeToken,
    identity,
  ];
  const madeIdentities = [
    sealIdentity(stranger, { email: 'ann@example.org', saleId }, now),
    sealIdentity(keys, { email: 'ann@example.org', saleId }, now - IDENTITY_LINK_SECONDS * 1000),
    placeToken,
    move,
  ];
  let taken = 0;
  for (const change of changes('links', 20_000)) {
    const moveAttack = madeMoves[(change >>> 4) % 10] ?? alter(move, change);
    if (moveAttack !== move && openMove(keys, moveAttack, { saleId, now }) !== null) taken++;
    const identityAttack = madeIdentities[(change >>> 4) % 10] ?? alter(identity, change);
    if (identityAttack !== identity && openIdentity(keys, identityAttack, now) !== null) taken++;
  }
  expect(taken).toBe(0);
  for (const link of [move, identity])
    expect([openPlace(keys, link, saleId), openFan(keys, link, now)]).toEqual([null, null]);
  expect(openMove(keys, move, { saleId, now })).not.toBeNull();
  expect(openIdentity(keys, identity, now)).not.toBeNull();
});

test('20,000 altered, foreign, outlived, exchanged and unsolved challenges: none is taken, and one has no second face', () => {
  const asked = { subject: 'sale-1.net', maxNumber: 50, expiresAt: now + 60_000 };
  const solved = (by: typeof keys, wish = asked) => {
    const challenge = askForWork(by, wish);
    return { ...challenge, number: solveWork(challenge) ?? 0 };
  };
  type Answer = ReturnType<typeof solved>;
  const pack = ({ number, ...challenge }: Answer) => workPayload(challenge, number);
  const answer = solved(keys);
  const other = solved(keys);
  const good = pack(answer);
  const judge = (payload: string) => judgeWork(keys, payload, { subject: asked.subject, now });
  const fixed = [
    solved(stranger),
    solved(keys, { ...asked, subject: 'sale-1.elsewhere' }),
    solved(keys, { ...asked, expiresAt: now }),
    { ...answer, number: answer.number + 1 },
    { ...answer, salt: other.salt },
    { ...answer, challenge: other.challenge },
    { ...answer, signature: other.signature },
    { ...answer, salt: answer.salt.replace(/expires=\d+/, 'expires=2000000000') },
  ].map(pack);
  const genuine = judge(good);
  let taken = 0;
  for (const change of changes('work', 20_000)) {
    const payload = fixed[(change >>> 4) % 16] ?? alter(good, change);
    const verdict = judge(payload);
    // Base64 and JSON have several spellings of one answer; whatever is judged done is the same use of the same work.
    if (verdict.kind === 'done' && (genuine.kind !== 'done' || verdict.id !== genuine.id)) taken++;
    if (verdict.kind === 'done' && fixed.includes(payload)) taken++;
  }
  expect(genuine.kind).toBe('done');
  expect(taken).toBe(0);
});

test('20,000 altered and guessed access codes: none is taken but by luck as rare as its signature says', () => {
  const secret = randomBytes(32).toString('hex');
  const good = signAccessCode(secret, { saleId, setNumber: 1, serial: 7, bearer: null });
  const invitation = signAccessCode(secret, {
    saleId,
    setNumber: 1,
    serial: 7,
    bearer: { kind: 'email', id: 'ann@example.org' },
  });
  const isTaken = (text: string) => {
    const code = readAccessCode(text);
    return code !== null && isAccessCodeTrue(secret, { code, saleId, bearer: null });
  };
  const fixed = [
    invitation,
    signAccessCode(randomBytes(32).toString('hex'), { saleId, setNumber: 1, serial: 7, bearer: null }),
    signAccessCode(secret, { saleId: 'sale-2' as SaleId, setNumber: 1, serial: 7, bearer: null }),
  ];
  const isSame = (text: string) => {
    const [code, own] = [readAccessCode(text), readAccessCode(good)];
    return code?.serial === own?.serial && code?.setNumber === own?.setNumber && code?.signature === own?.signature;
  };
  let taken = 0;
  for (const change of changes('codes', 20_000)) {
    const text = fixed[(change >>> 4) % 16] ?? alter(good, change, '0123456789ABCDEFGHJKMNPQRSTVWXYZ-');
    if (isTaken(text) && !isSame(text)) taken++;
  }
  expect(isTaken(good)).toBe(true);
  expect(taken).toBe(0);
});
