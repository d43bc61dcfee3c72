// Deferring gives no advantage: the rule by which the line calls, in its plainest form, played twice.
import fc from 'fast-check';
import { DEFERRALS_MAX, deferralOffer } from './deferral.ts';

type Act = {
  readonly kind: 'defer' | 'goes' | 'comes' | 'leaves';
  readonly number: number;
  readonly at: number;
  readonly ticks: number;
};
type Fan = { gone: boolean; left: boolean; deferredUntil: number; deferrals: number; calledAt: number | null };
type History = {
  readonly fans: number;
  readonly calls: readonly number[];
  readonly acts: readonly Act[];
};

/** When each number was called first; null for never. Ghosts and the deferred are passed over and called next when back. */
function play({ fans, calls, acts }: History): readonly (number | null)[] {
  const line: Fan[] = Array.from({ length: fans }, () => ({
    gone: false,
    left: false,
    deferredUntil: 0,
    deferrals: 0,
    calledAt: null,
  }));
  let served = 0;
  calls.forEach((count, tick) => {
    for (const act of acts) if (act.at === tick) perform(line[act.number % fans] as Fan, act, tick);
    let left = count;
    const callable = ({ gone, left: away, deferredUntil }: Fan) => !gone && !away && deferredUntil <= tick;
    for (const fan of line.slice(0, served)) {
      if (left === 0) break;
      if (fan.calledAt !== null || !callable(fan)) continue;
      fan.calledAt = tick;
      left--;
    }
    while (left > 0 && served < fans) {
      const fan = line[served++] as Fan;
      if (!callable(fan)) continue;
      fan.calledAt ??= tick;
      left--;
    }
  });
  return line.map(({ calledAt }) => calledAt);
}

function perform(fan: Fan, { kind, ticks }: Act, tick: number): void {
  if (kind === 'goes') fan.gone = true;
  if (kind === 'comes') fan.gone = false;
  if (kind === 'leaves') fan.left = true;
  if (kind !== 'defer') return;
  const state = fan.calledAt === null ? 'waiting' : 'called';
  if (deferralOffer({ state, deferrals: fan.deferrals }).kind === 'may_not') return;
  fan.deferrals++;
  fan.deferredUntil = tick + ticks;
}

const history = fc.integer({ min: 2, max: 30 }).chain((fans) =>
  fc.record({
    fans: fc.constant(fans),
    calls: fc.array(fc.nat(4), { minLength: 10, maxLength: 40 }),
    acts: fc.array(
      fc.record({
        kind: fc.constantFrom('defer' as const, 'goes', 'comes', 'leaves'),
        number: fc.nat(fans - 1),
        at: fc.nat(39),
        ticks: fc.integer({ min: 1, max: 12 }),
      }),
      { maxLength: 30 },
    ),
  }),
);

test('INV-38: a place that is deferred is never called earlier than without, whatever all others do', () => {
  let deferred = 0;
  fc.assert(
    fc.property(
      history,
      fc.nat(29),
      fc.array(fc.tuple(fc.nat(39), fc.integer({ min: 1, max: 12 })), { minLength: 1, maxLength: 5 }),
      (played, who, times) => {
        const number = who % played.fans;
        const others = played.acts.filter((act) => act.kind !== 'defer' || act.number !== number);
        const own = times.map(([at, ticks]) => ({ kind: 'defer' as const, number, at, ticks }));
        const without = play({ ...played, acts: others })[number] ?? Number.POSITIVE_INFINITY;
        const with_ = play({ ...played, acts: [...others, ...own] })[number] ?? Number.POSITIVE_INFINITY;
        if (with_ !== without) deferred++;
        expect(with_).toBeGreaterThanOrEqual(without);
      },
    ),
    { numRuns: 3000 },
  );
  expect(deferred).toBeGreaterThan(100);
});

test('others never come later for it, either', () => {
  fc.assert(
    fc.property(history, (played) => {
      const others = played.acts.filter(({ kind }) => kind !== 'defer');
      const without = play({ ...played, acts: others });
      const number = played.fans - 1;
      const withLast = play({ ...played, acts: [...others, { kind: 'defer', number, at: 0, ticks: 40 }] });
      without.slice(0, -1).forEach((tick, i) => {
        expect(withLast[i] ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(tick ?? Number.POSITIVE_INFINITY);
      });
    }),
  );
});

test('it is offered to those who wait or are called, and not for ever', () => {
  expect(deferralOffer({ state: 'waiting', deferrals: 0 })).toEqual({ kind: 'may', timesLeft: DEFERRALS_MAX });
  expect(deferralOffer({ state: 'called', deferrals: DEFERRALS_MAX - 1 })).toEqual({ kind: 'may', timesLeft: 1 });
  expect(deferralOffer({ state: 'waiting', deferrals: DEFERRALS_MAX })).toEqual({ kind: 'may_not' });
  for (const state of ['prequeue', 'admitted', 'missed', 'left', 'closed', 'moved']) {
    expect(deferralOffer({ state, deferrals: 0 })).toEqual({ kind: 'may_not' });
  }
});
