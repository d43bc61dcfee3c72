import { joinedView } from '@onsale/contracts';
import fc from 'fast-check';
import { joinedText } from './joined-text.ts';

const plain = fc.stringMatching(/^[A-Za-z0-9_.~-]{1,64}$/);
const token = fc.stringMatching(/^[A-Za-z0-9_-]{1,16}\.[A-Za-z0-9_-]{4,200}\.[A-Za-z0-9_-]{43}$/);
const time = fc
  .date({ min: new Date(0), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const count = fc.nat({ max: 100_000_000 });
const seconds = fc.double({ min: 0, max: 1e9, noNaN: true });

test('it is what JSON.stringify makes of the same view, whatever the contract allows to be in it', () => {
  const states = joinedView.shape.state.options;
  const views = fc.record({
    saleId: plain,
    placeToken: token,
    index: count,
    number: fc.option(count.map((at) => at + 1)),
    state: fc.constantFrom(...states),
    ahead: fc.option(count),
    wait: fc.option(fc.record({ lowSeconds: seconds, highSeconds: seconds }, { noNullPrototype: true })),
    checkInAfterSeconds: seconds.map((one) => one + 0.1),
    deferredUntil: fc.option(time),
    deferralsLeft: fc.nat({ max: 3 }),
    callExpiresAt: fc.option(time),
  });
  fc.assert(
    fc.property(views, token, (view, fanToken) => {
      const parsed = joinedView.parse({ ...view, fanToken });
      const { fanToken: _, ...placeView } = parsed;
      expect(JSON.parse(joinedText({ view: placeView, fanToken }))).toEqual(
        JSON.parse(JSON.stringify({ ...view, fanToken })),
      );
    }),
  );
});
