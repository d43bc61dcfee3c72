import { contactProblems } from './contact.ts';

test('a name and something that looks like an address can be sent', () => {
  expect(contactProblems({ name: 'Aino', email: 'aino@example.fi' })).toEqual({});
});

test('what is missing or malformed is named by its field', () => {
  expect(contactProblems({ name: ' ', email: '' })).toEqual({ name: 'missing', email: 'missing' });
  expect(contactProblems({ name: 'Aino', email: 'aino@example' })).toEqual({ email: 'malformed' });
  expect(contactProblems({ name: 'Aino', email: 'aino example.fi' })).toEqual({ email: 'malformed' });
});
