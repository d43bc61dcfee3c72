import { seenVersion } from './seen-version.ts';

test.each([
  ['"3"', 3],
  ['W/"3"', 3], // a proxy compressed the answer
  [' "12" ', 12],
  ['*', null],
  ['3', undefined],
  ['"3', undefined],
  ['"x"', undefined],
  ['"3", "4"', undefined],
])('If-Match %s is version %s', (header, version) => {
  expect(seenVersion(header)).toBe(version);
});
