import { keyOf, shortcutOf, shortcuts } from './shortcuts.ts';

const pressed = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  defaultPrevented: false,
  ...more,
});
const outside = { isWriting: false };

test('a key finds its shortcut, in capitals too', () => {
  expect(shortcutOf(pressed('p'), outside)?.name).toBe('pause');
  expect(shortcutOf(pressed('P'), outside)?.name).toBe('pause');
  expect(shortcutOf(pressed('?'), outside)?.name).toBe('help');
  expect(shortcutOf(pressed('x'), outside)).toBeNull();
});

test('who writes in a field, holds a modifier or keeps a key down means no shortcut', () => {
  expect(shortcutOf(pressed('p'), { isWriting: true })).toBeNull();
  for (const more of [
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { repeat: true },
    { defaultPrevented: true },
  ])
    expect(shortcutOf(pressed('p', more), outside)).toBeNull();
});

test('no key means two things, and what stops a sale for good is never pressed by its key', () => {
  expect(new Set(shortcuts.map(({ key }) => key)).size).toBe(shortcuts.length);
  expect(shortcuts.filter(({ name }) => name === 'halt' || name === 'drain').map(({ does }) => does)).toEqual([
    'focus',
    'focus',
  ]);
  expect(keyOf('halt')).toBe('h');
});
