import fc from 'fast-check';
import { parseCollation } from './collation.ts';
import { between, CollationKeys } from './collation-keys.ts';

test('keys of a collation are equal where its strings are equal, and in their order, in whatever order they came', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'A', 'ä', 'b', 'B', 'é', 'E', 'z', '1', '2', '0', '-', ' ') });
  const options = fc.record({
    locale: fc.constantFrom('en', 'sv', 'de', 'fi'),
    strength: fc.constantFrom(1, 2, 3),
    numericOrdering: fc.boolean(),
  });
  fc.assert(
    fc.property(options, fc.array(words, { minLength: 2, maxLength: 60 }), (spec, texts) => {
      const collation = parseCollation(spec);
      if (collation === null) throw new Error('not simple');
      const keys = new CollationKeys(collation);
      for (const text of texts) keys.keep(text);
      for (const a of texts) {
        for (const b of texts) {
          const [x, y] = [keys.find(a), keys.find(b)];
          expect(Math.sign(collation.compare(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0);
        }
      }
    }),
    { numRuns: 300 },
  );
});

test('there is always a label between two labels, and it ends where there is room below it', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 300 }), (places) => {
      const labels: string[] = [];
      for (const place of places) {
        const at = Math.floor(place * labels.length);
        const label = between(labels[at - 1] ?? '', labels[at] ?? null);
        expect(label > (labels[at - 1] ?? '')).toBe(true);
        if (labels[at] !== undefined) expect(label < labels[at]).toBe(true);
        labels.splice(at, 0, label);
      }
    }),
  );
});

test('labels of strings that come in ascending order stay short', () => {
  let last = '';
  for (let i = 0; i < 20_000; i += 1) last = between(last, null);
  expect(last.length).toBeLessThan(12);
});

test('a string that is only looked for leaves no key behind', () => {
  const collation = parseCollation({ locale: 'en', strength: 2 });
  if (collation === null) throw new Error('not simple');
  const keys = new CollationKeys(collation);
  const [a, c] = [keys.keep('a'), keys.keep('c')];
  const b = keys.find('b');
  expect([a < b, b < c, keys.find('b') === b, keys.find('A') === a]).toEqual([true, true, true, true]);
});
