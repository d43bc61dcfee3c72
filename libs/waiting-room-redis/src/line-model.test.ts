// The operations of the line against a plain model, in orders nobody thought of.
import { DEFERRALS_MAX, type PhaseId } from '@onsale/domain';
import { manualClock, testRedis } from '@onsale/testkit';
import fc from 'fast-check';
import { callNext } from './call/call.ts';
import { checkIn } from './check-in/check-in.ts';
import { deferPlace } from './defer/defer.ts';
import { freeSlot } from './free-slot/free-slot.ts';
import { freezeRoster } from './freeze/freeze.ts';
import { goAway } from './go-away/go-away.ts';
import { joinLine } from './join/join.ts';
import { keepPresent } from './keep-present/keep-present.ts';
import { leaveLine } from './leave/leave.ts';
import { markGhosts } from './mark-ghosts/mark-ghosts.ts';
import { openPrequeue } from './open-prequeue/open-prequeue.ts';
import { PRESENCE_CHUNK, presenceAt, presentUntil, readPresence } from './presence.ts';
import { RETURN_WINDOW_MS, readFacts } from './read-facts/read-facts.ts';
import { takeOver } from './take-over/take-over.ts';
import { takeSlot } from './take-slot/take-slot.ts';
import { CALL_WINDOW_MS, digestOf, PASS_MS, saleId, testLine } from './test-line.ts';

const at = testLine({ redis: testRedis(), clock: manualClock() });
const phaseId = 'general' as PhaseId;

type Place = {
  index: number;
  left: boolean;
  ghost: boolean;
  callUntil: number | null;
  missedAt: number | null;
  again: boolean;
  returning: boolean;
  slotUntil: number | null;
  deferredUntil: number;
  deferrals: number;
  version: number;
};
type Model = {
  joined: number;
  served: number;
  frozen: number | null;
  places: Map<number, Place>;
  byName: Map<string, number>;
};

type Step =
  | { kind: 'join'; names: string[] }
  | { kind: 'freeze' }
  | { kind: 'leave' | 'checkIn' | 'take' | 'free' | 'ghost' | 'keep' | 'away'; of: number }
  | { kind: 'defer'; of: number; ms: number }
  | { kind: 'move' | 'oldDevice'; of: number }
  | { kind: 'call'; count: number; maxActive: number }
  | { kind: 'pass'; ms: number };

const name = fc.constantFrom(...'abcdefghijkl');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('join' as const), names: fc.array(name, { minLength: 1, maxLength: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('freeze' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('leave' as const, 'checkIn', 'take', 'take', 'free', 'ghost', 'keep', 'away'),
      of: fc.nat(15),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('defer' as const),
      of: fc.nat(8),
      ms: fc.constantFrom(0, 2000, CALL_WINDOW_MS),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('move' as const, 'oldDevice' as const), of: fc.nat(8) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('call' as const),
      count: fc.integer({ min: 1, max: 4 }),
      maxActive: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.constantFrom(1000, CALL_WINDOW_MS, PASS_MS) }),
  },
);

/** Half of the histories begin with a drawn line, where most can happen. */
const drawn: Step[] = [{ kind: 'join', names: [...'abcdefgh'] }, { kind: 'freeze' }];
const beginning = fc.constantFrom<Step[]>([], drawn);

test('any order of joining, leaving, checking in, calling and coming in is as the plain model says', async () => {
  await fc.assert(
    fc.asyncProperty(beginning, fc.array(step, { minLength: 5, maxLength: 40 }), async (begun, steps) => {
      await at.redis.clear();
      await at.open();
      await openPrequeue(at.line, { saleId, phaseId });
      const model: Model = { joined: 0, served: 0, frozen: null, places: new Map(), byName: new Map() };
      for (const one of [...begun, ...steps]) {
        await perform(model, one);
        await compareFacts(model);
      }
    }),
    { numRuns: 300 },
  );
});

async function perform(model: Model, one: Step): Promise<void> {
  if (one.kind === 'join') return join(model, one.names);
  if (one.kind === 'call') return call(model, one);
  if (one.kind === 'pass') return at.clock.advance(one.ms);
  if (one.kind === 'freeze') {
    model.frozen ??= model.joined;
    expect(await freezeRoster(at.line, { saleId, phaseId })).toEqual({
      kind: 'frozen',
      firstIndex: 0,
      size: model.frozen,
    });
    return;
  }
  const place = model.places.get(one.of);
  if (place === undefined) return;
  if (one.kind === 'defer') return defer(model, place, one.ms);
  if (one.kind === 'move') return move(place);
  if (one.kind === 'oldDevice') return oldDevice(model, place);
  await { leave, checkIn: checkedIn, take, free, ghost, keep, away }[one.kind](model, place);
}

async function join(model: Model, names: string[]): Promise<void> {
  const outcome = await joinLine(at.line, {
    saleId,
    identities: names.map(digestOf),
    present: presentUntil(at.clock.now() + 1e6),
  });
  const indexes = names.map((one) => {
    const known = model.byName.get(one);
    if (known !== undefined) return known;
    const index = model.joined++;
    model.byName.set(one, index);
    const fresh = {
      left: false,
      ghost: false,
      callUntil: null,
      missedAt: null,
      again: false,
      returning: false,
      slotUntil: null,
      deferredUntil: 0,
      deferrals: 0,
      version: 0,
    };
    model.places.set(index, { index, ...fresh });
    return index;
  });
  expect(outcome.kind === 'joined' && outcome.places.map(({ index }) => index)).toEqual(indexes);
}

/** In the test the draw leaves everybody where they are: number = index + 1. */
const numbered = (model: Model, { index }: Place) => (model.frozen === null ? null : index + 1);

async function leave(model: Model, place: Place): Promise<void> {
  const owner = [...model.byName].find(([, index]) => index === place.index)?.[0];
  await leaveLine(at.line, {
    saleId,
    index: place.index,
    number: numbered(model, place),
    identity: digestOf(owner ?? 'nobody'),
    version: place.version,
  });
  if (owner !== undefined) model.byName.delete(owner);
  const wasNumbered = model.frozen !== null;
  Object.assign(place, { left: true, ghost: place.ghost || wasNumbered });
  if (wasNumbered) Object.assign(place, { callUntil: null, missedAt: null, returning: false, slotUntil: null });
}

async function checkedIn(model: Model, place: Place): Promise<void> {
  const now = at.clock.now();
  const number = numbered(model, place);
  const standing = await checkIn(at.line, {
    saleId,
    index: place.index,
    number,
    present: presentUntil(now + 1e6),
    makesGood: true,
    version: place.version,
  });
  if (!place.left && number !== null && place.deferredUntil <= now) {
    const idle = !isCalled(place) && !isInside(place);
    if (number > model.served) place.ghost = false;
    else if (idle && place.ghost) Object.assign(place, { ghost: false, returning: true });
    else if (idle && place.missedAt !== null) Object.assign(place, { missedAt: null, again: true, returning: true });
  }
  expect(standing).toMatchObject({
    left: place.left,
    served: model.served,
    back: place.returning,
    version: place.version,
    deferredUntil: place.deferredUntil > now && number !== null ? place.deferredUntil : null,
    callExpiresAt: isCalled(place) ? place.callUntil : null,
    slotExpiresAt: isInside(place) ? place.slotUntil : null,
  });
}

/** In the model a deferred place is a ghost until its time. */
async function defer(model: Model, place: Place, ms: number): Promise<void> {
  const number = numbered(model, place);
  if (number === null) return;
  const now = at.clock.now();
  const { index, version } = place;
  const { kind } = await deferPlace(at.line, { saleId, index, number, version, forMs: ms });
  if (place.left) return expect(kind).toBe('gone');
  if (ms === 0) {
    expect(kind).toBe('ended');
    place.deferredUntil = Math.min(place.deferredUntil, now);
    return;
  }
  if (isInside(place)) return expect(kind).toBe('inside');
  if (place.deferrals >= DEFERRALS_MAX) return expect(kind).toBe('spent');
  const deferred = place.deferredUntil > now;
  const hasTurn = number > model.served || deferred || isCalled(place) || place.returning;
  if (!hasTurn) return expect(kind).toBe('missed');
  expect(kind).toBe('deferred');
  const called = number <= model.served && !deferred && isCalled(place);
  Object.assign(place, { ghost: true, deferredUntil: now + ms, deferrals: place.deferrals + 1 });
  if (number <= model.served && !deferred) place.returning = false;
  if (called) place.callUntil = null;
}

async function move(place: Place): Promise<void> {
  const { index, version } = place;
  const outcome = await takeOver(at.line, { saleId, index, version, linkEpoch: 1 });
  if (place.left) return expect(outcome).toEqual({ kind: 'gone' });
  place.version += 1;
  expect(outcome).toEqual({ kind: 'taken', version: place.version, epoch: 1 });
}

/** The device that had the place before can do nothing with it. */
async function oldDevice(model: Model, place: Place): Promise<void> {
  const number = numbered(model, place);
  if (place.version === 0 || number === null || place.left) return;
  const { index } = place;
  const before = { saleId, index, number, version: place.version - 1 };
  expect(await leaveLine(at.line, { ...before, identity: digestOf('nobody') })).toEqual({ kind: 'moved' });
  expect((await deferPlace(at.line, { ...before, forMs: 1000 })).kind).toBe('moved');
  expect((await takeSlot(at.line, { ...before, passId: 'old', passMs: PASS_MS })).kind).toBe('moved');
  const present = presentUntil(at.clock.now() + 1e6);
  expect(await checkIn(at.line, { ...before, present, makesGood: true })).toMatchObject({
    version: place.version,
    back: place.returning,
  });
}

const isCalled = ({ callUntil }: Place) => callUntil !== null && callUntil > at.clock.now();
const isInside = ({ slotUntil }: Place) => slotUntil !== null && slotUntil > at.clock.now();

async function take(model: Model, place: Place): Promise<void> {
  const number = numbered(model, place);
  if (number === null) return;
  const { kind } = await at.take(number, `pass-${number}`, place.version);
  if (place.left) expect(kind).toBe('gone');
  else if (number > model.served) expect(kind).toBe('not_called');
  else if (isInside(place)) expect(kind).toBe('slot');
  else if (!isCalled(place)) {
    const isNext = place.returning || place.deferredUntil > at.clock.now();
    expect(kind).toBe(isNext ? 'not_called' : 'call_expired');
  } else {
    expect(kind).toBe('slot');
    place.callUntil = null;
    place.slotUntil = Math.floor((at.clock.now() + PASS_MS) / 1000) * 1000;
  }
}

async function free(model: Model, place: Place): Promise<void> {
  const number = numbered(model, place);
  if (number === null) return;
  await freeSlot(at.line, { saleId, number });
  place.slotUntil = null;
}

async function ghost(model: Model, place: Place): Promise<void> {
  const number = numbered(model, place);
  if (number === null || number <= model.served || place.left || place.deferredUntil > at.clock.now()) return;
  const presence = await readPresence(at.line, saleId, { chunk: 0, from: 0, to: PRESENCE_CHUNK });
  const seen = presence.length < number * 2 ? 0 : presence.readUInt16BE((number - 1) * 2);
  expect(presenceAt(seen, at.clock.now()).kind === 'gone').toBe(place.ghost);
  await markGhosts(at.line, { saleId, chunk: 0, as: 'ghost', entries: [{ position: number - 1, seen }] });
  place.ghost = true;
}

/** An open connection says that the fan is there. */
async function keep(model: Model, place: Place): Promise<void> {
  const number = numbered(model, place);
  if (number === null) return;
  const present = presentUntil(at.clock.now() + 1e6);
  const outcome = await keepPresent(at.line, { saleId, numbers: [number], present });
  const stays = (place.left && place.ghost) || place.deferredUntil > at.clock.now();
  const passedOver = place.ghost && number <= model.served;
  expect(outcome).toEqual({ kind: 'kept', count: !stays && (passedOver || number > model.served) ? 1 : 0 });
  if (stays) return;
  if (passedOver) place.returning = true;
  place.ghost = false;
}

/** A closed page changes nothing but how long silence is forgiven. */
async function away(model: Model, place: Place): Promise<void> {
  const number = numbered(model, place);
  if (number === null) return;
  const present = presentUntil(at.clock.now() + 15_000);
  const { index, version } = place;
  const { kind } = await goAway(at.line, { saleId, index, number, present, version });
  if (place.ghost || number <= model.served) expect(kind).toBe('nothing');
  else expect(['away', 'nothing']).toContain(kind);
}

async function call(model: Model, { count, maxActive }: { count: number; maxActive: number }): Promise<void> {
  const now = at.clock.now();
  const all = [...model.places.values()];
  const before = all.filter(isCalled).length + all.filter(isInside).length;
  let room = Math.min(count, maxActive - before);
  const callUntil = now + CALL_WINDOW_MS;
  for (const place of all.filter(({ returning }) => returning).sort((a, b) => a.index - b.index)) {
    if (room <= 0) break;
    Object.assign(place, { returning: false, callUntil });
    room--;
  }
  const last = model.frozen === null ? 0 : model.joined;
  while (room > 0 && model.served < last) {
    const place = model.places.get(model.served++) as Place;
    if (place.ghost) continue;
    place.callUntil = callUntil;
    room--;
  }
  const leadership = await at.leader();
  const outcome = await callNext(at.line, {
    saleId,
    leadership,
    count,
    maxActive,
    callWindowMs: CALL_WINDOW_MS,
    servedMax: 1000,
  });
  expect(outcome).toMatchObject({ kind: 'called', served: model.served });
  const after = all.filter(isCalled).length + all.filter(isInside).length;
  expect(after).toBeLessThanOrEqual(Math.max(before, maxActive));
}

async function compareFacts(model: Model): Promise<void> {
  const now = at.clock.now();
  for (const place of model.places.values()) {
    if (place.callUntil !== null && place.callUntil <= now) {
      place.callUntil = null;
      if (!place.again) place.missedAt = now;
    }
    if (place.missedAt !== null && place.missedAt <= now - RETURN_WINDOW_MS) place.missedAt = null;
    if (place.slotUntil !== null && place.slotUntil <= now) place.slotUntil = null;
  }
  const all = [...model.places.values()];
  expect(await readFacts(at.line, { saleId, passMs: PASS_MS })).toMatchObject({
    joined: model.joined,
    served: model.served,
    called: all.filter(isCalled).length,
    active: all.filter(isInside).length,
    returning: all.filter(({ returning }) => returning).length,
  });
}
