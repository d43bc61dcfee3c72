import { formatMessage } from './format-message.ts';

test('a value stands where its name is, a number in the manner of the language when asked for', () => {
  expect(formatMessage('Hello {name}', { name: 'Aino' }, 'en')).toBe('Hello Aino');
  expect(formatMessage('{n, number} ahead', { n: 12345 }, 'en')).toBe('12,345 ahead');
  expect(formatMessage('{n, number} davor', { n: 12345 }, 'de')).toBe('12.345 davor');
});

test('a plural takes the exact case first, then the case of the language', () => {
  const people = '{n, plural, =0 {nobody} one {# person} other {# people}} ahead of you';
  expect(formatMessage(people, { n: 0 }, 'en')).toBe('nobody ahead of you');
  expect(formatMessage(people, { n: 1 }, 'en')).toBe('1 person ahead of you');
  expect(formatMessage(people, { n: 2500 }, 'en')).toBe('2,500 people ahead of you');
});

test('choices nest and a select falls back to other', () => {
  const message = '{who, select, me {you have {n, plural, one {# seat} other {# seats}}} other {taken}}';
  expect(formatMessage(message, { who: 'me', n: 2 }, 'en')).toBe('you have 2 seats');
  expect(formatMessage(message, { who: 'x', n: 2 }, 'en')).toBe('taken');
});

test('a malformed message is refused', () => {
  expect(() => formatMessage('{n, plural, one {x}}', { n: 1 }, 'en')).toThrow(SyntaxError);
  expect(() => formatMessage('so }', {}, 'en')).toThrow(SyntaxError);
});
