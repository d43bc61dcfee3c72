import { readAddresses } from './addresses.ts';

test('addresses are taken as people paste them, each once, and what is none is named', () => {
  const pasted = 'aino@example.org\nEino Leino <eino@example.org>; AINO@example.org,\n  minna@example , "x"@y.fi\r\n\n';
  expect(readAddresses(pasted)).toEqual({
    emails: ['aino@example.org', 'eino@example.org'],
    strange: ['minna@example', '"x"@y.fi'],
    repeated: ['AINO@example.org'],
  });
  expect(readAddresses(' \n ; ')).toEqual({ emails: [], strange: [], repeated: [] });
});
