// Codes, links of staff, storms and calls against a plain model, in orders nobody thought of.
import type { PhaseId } from '@onsale/domain';
import { manualClock, testRedis } from '@onsale/testkit';
import fc from 'fast-check';
import { letPast } from './bypass/bypass.ts';
import { freeSlot } from './free-slot/free-slot.ts';
import { freezeRoster } from './freeze/freeze.ts';
import { joinWithCode } from './join-with-code/join-with-code.ts';
import { leaveLine } from './leave/leave.ts';
import { loadCodeUses } from './load-code-uses/load-code-uses.ts';
import { markCrowded } from './mark-crowded/mark-crowded.ts';
import { openPrequeue } from './open-prequeue/open-prequeue.ts';
import { readCrowded } from './read-crowded.ts';
import { readFacts } from './read-facts/read-facts.ts';
import { CALL_WINDOW_MS, digestOf, PASS_MS, present, saleId, testLine } from './test-line.ts';

const at = testLine({ redis: testRedis(), clock: manualClock() });
const phaseId = 'general' as PhaseId;
const [SINGLE, CAPPED, PAST] = [1, 2, 3];
const CAP = 3;
const FIRST_PAST_NUMBER = 2_000_000_000;

type Place = { index: number; code: string | null };
type Slot = { passId: string; until: number };
type Model = {
  joined: number;
  served: number;
  frozen: number | null;
  places: Map<string, Place>;
  /** 'set.serial' → uses, and who used it. */
  uses: Map<string, { uses: number; by: string }>;
  past: Map<number, Slot>;
  called: Map<number, number>;
  gone: Set<number>;
  crowded: Map<string, Set<number>>;
};

type Step =
  | { kind: 'join' | 'find' | 'leave'; who: string }
  | { kind: 'code'; who: string; set: number; serial: number }
  | { kind: 'past'; who: string; serial: number; maxActive: number }
  | { kind: 'leavePast'; serial: number }
  | { kind: 'crowd'; block: string; index: number }
  | { kind: 'call'; count: number; maxActive: number }
  | { kind: 'time'; ms: number }
  | { kind: 'freeze' | 'forget' };

const who = fc.constantFrom(...'abcdefgh');
const maxActive = fc.integer({ min: 1, max: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('join' as const, 'find' as const, 'leave' as const), who }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('code' as const),
      who,
      set: fc.constantFrom(SINGLE, CAPPED) as fc.Arbitrary<number>,
      serial: fc.nat(1),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('past' as const), who, serial: fc.nat(2), maxActive }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('leavePast' as const), serial: fc.nat(2) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('crowd' as const), block: fc.constantFrom('x', 'y'), index: fc.nat(9) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('call' as const), count: fc.integer({ min: 1, max: 3 }), maxActive }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(1000, CALL_WINDOW_MS, PASS_MS) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('freeze' as const, 'forget' as const) }) },
);

test('any order of joins by code, links of staff, storms and calls is as the plain model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 50 }), async (steps) => {
      await at.redis.clear();
      await at.open();
      await openPrequeue(at.line, { saleId, phaseId });
      await loadCodeUses(at.line, { saleId, epoch: 1, used: [] });
      const model: Model = {
        ...{ joined: 0, served: 0, frozen: null },
        ...{ places: new Map(), uses: new Map(), past: new Map(), called: new Map() },
        ...{ gone: new Set(), crowded: new Map() },
      };
      for (const one of steps) {
        await perform(model, one);
        await compare(model);
      }
    }),
    { numRuns: 300 },
  );
});

async function perform(model: Model, one: Step): Promise<void> {
  switch (one.kind) {
    case 'join':
      return join(model, one.who);
    case 'find':
      return byCode(model, one.who, null);
    case 'code':
      return byCode(model, one.who, { setNumber: one.set, serial: one.serial, usesMax: one.set === SINGLE ? 1 : CAP });
    case 'leave':
      return leave(model, one.who);
    case 'past':
      return past(model, one);
    case 'leavePast':
      await freeSlot(at.line, { saleId, number: pastNumber(one.serial) });
      return void model.past.delete(one.serial);
    case 'crowd':
      return crowd(model, one);
    case 'call':
      return call(model, one);
    case 'time':
      return at.clock.advance(one.ms);
    case 'freeze':
      model.frozen ??= model.joined;
      expect(await freezeRoster(at.line, { saleId, phaseId })).toMatchObject({ kind: 'frozen', size: model.frozen });
      return;
    case 'forget':
      return forget(model);
  }
}

async function join(model: Model, name: string): Promise<void> {
  const known = model.places.get(name);
  expect(await at.join(name)).toEqual([{ index: known?.index ?? model.joined, isNew: known === undefined }]);
  if (known === undefined) model.places.set(name, { index: model.joined++, code: null });
}

type Code = { readonly setNumber: number; readonly serial: number; readonly usesMax: number };

async function byCode(model: Model, name: string, code: Code | null): Promise<void> {
  const outcome = await joinWithCode(at.line, { saleId, identity: digestOf(name), present, code });
  const known = model.places.get(name);
  if (known !== undefined) {
    const [setNumber, serial] = (known.code ?? '').split('.').map(Number);
    const taken = known.code === null ? null : { setNumber, serial };
    expect(outcome).toMatchObject({ kind: 'joined', index: known.index, isNew: false, code: taken });
    return;
  }
  if (code === null) return expect(outcome).toEqual({ kind: 'used' });
  const ref = `${code.setNumber}.${code.serial}`;
  const used = model.uses.get(ref);
  const isFree = code.usesMax === 1 ? used === undefined || used.by === name : (used?.uses ?? 0) < code.usesMax;
  if (!isFree) return expect(outcome).toEqual({ kind: 'used' });
  const uses = code.usesMax === 1 ? 1 : (used?.uses ?? 0) + 1;
  expect(outcome).toMatchObject({ kind: 'joined', index: model.joined, isNew: true, uses });
  model.uses.set(ref, { uses, by: name });
  model.places.set(name, { index: model.joined++, code: ref });
}

async function leave(model: Model, name: string): Promise<void> {
  const place = model.places.get(name);
  if (place === undefined) return;
  const { index } = place;
  const number = model.frozen === null ? null : index + 1;
  await leaveLine(at.line, { saleId, index, number, identity: digestOf(name), version: 0 });
  model.places.delete(name);
  if (number === null) return;
  model.gone.add(number);
  model.called.delete(number);
}

const pastNumber = (serial: number) => FIRST_PAST_NUMBER + PAST * 1000 + serial;
const still = (until: number) => until > at.clock.now();
const inside = ({ past: slots }: Model) => [...slots.values()].filter(({ until }) => still(until)).length;
const calledNow = ({ called }: Model) => [...called.values()].filter(still).length;

async function past(
  model: Model,
  { who: name, serial, maxActive: most }: Extract<Step, { kind: 'past' }>,
): Promise<void> {
  const passId = `pass-${Math.random()}`;
  const code = { setNumber: PAST, serial };
  const asked = { saleId, identity: digestOf(name), code, passId, passMs: PASS_MS, maxActive: most };
  const outcome = await letPast(at.line, asked);
  const used = model.uses.get(`${PAST}.${serial}`);
  const slot = model.past.get(serial);
  if (used !== undefined && used.by !== name) return expect(outcome).toEqual({ kind: 'used' });
  if (slot !== undefined && still(slot.until))
    return expect(outcome).toMatchObject({ kind: 'slot', passId: slot.passId });
  if (used !== undefined) return expect(outcome).toEqual({ kind: 'used' });
  if (inside(model) + calledNow(model) >= most) return expect(outcome).toEqual({ kind: 'full' });
  expect(outcome).toMatchObject({ kind: 'slot', passId, number: pastNumber(serial) });
  model.uses.set(`${PAST}.${serial}`, { uses: 1, by: name });
  model.past.set(serial, { passId, until: Math.floor((at.clock.now() + PASS_MS) / 1000) * 1000 });
}

async function crowd(model: Model, { block, index }: Extract<Step, { kind: 'crowd' }>): Promise<void> {
  if (index >= model.joined) return;
  const count = model.frozen === null ? 1 : 0;
  expect(await markCrowded(at.line, { saleId, places: [{ block, index }] })).toEqual({ kind: 'marked', count });
  if (count === 1) model.crowded.set(block, (model.crowded.get(block) ?? new Set()).add(index));
}

async function call(model: Model, { count, maxActive: most }: Extract<Step, { kind: 'call' }>): Promise<void> {
  let room = Math.min(count, most - inside(model) - calledNow(model));
  const last = model.frozen === null ? 0 : model.joined;
  while (room > 0 && model.served < last) {
    const number = ++model.served;
    if (model.gone.has(number)) continue;
    model.called.set(number, at.clock.now() + CALL_WINDOW_MS);
    room--;
  }
  expect(await at.call(count, { maxActive: most })).toMatchObject({ kind: 'called', served: model.served });
}

/** A line that was opened anew knows no uses until they are loaded from where they are kept. */
async function forget(model: Model): Promise<void> {
  const { client } = at.redis;
  await client.hdel('wr1:{sale:sale-1}:state', 'codesEpoch');
  for (const key of await client.keys('wr1:{sale:sale-1}:c:*')) await client.del(key);
  const code = { setNumber: SINGLE as number, serial: 0, usesMax: 1 };
  const outcome = await joinWithCode(at.line, { saleId, identity: digestOf('stranger'), present, code });
  expect(outcome).toEqual({ kind: 'unknown', epoch: 1 });
  const used = [...model.uses].map(([ref, { uses, by }]) => {
    const [setNumber = 0, serial = 0] = ref.split('.').map(Number);
    return { setNumber, serial, uses, usedBy: setNumber === CAPPED ? null : digestOf(by) };
  });
  expect(await loadCodeUses(at.line, { saleId, epoch: 1, used })).toBe('loaded');
}

async function compare(model: Model): Promise<void> {
  expect(await readFacts(at.line, { saleId, passMs: PASS_MS })).toMatchObject({
    joined: model.joined,
    served: model.served,
    called: calledNow(model),
    active: inside(model),
  });
  const size = model.frozen ?? model.joined;
  const groups = [...model.crowded.values()].map((group) => [...group].sort((a, b) => a - b));
  const byFirst = (a: number[], b: number[]) => String(a).localeCompare(String(b));
  expect(
    [...(await readCrowded(at.line, { saleId, firstIndex: 0, size }))].map((group) => [...group]).sort(byFirst),
  ).toEqual(groups.sort(byFirst));
}
