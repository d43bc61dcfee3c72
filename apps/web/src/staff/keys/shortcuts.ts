// The keys of the console. Each belongs to the one control of the page that says so by `aria-keyshortcuts`; what is not on the
// page has no key. What cannot be taken back is only brought into focus: the hand does the rest.
export type Shortcut = { readonly key: string; readonly name: ShortcutName; readonly does: 'press' | 'focus' };
export type ShortcutName =
  | 'help'
  | 'sales'
  | 'pause'
  | 'resume'
  | 'drain'
  | 'halt'
  | 'rate'
  | 'call'
  | 'message'
  | 'undo';

export const shortcuts: readonly Shortcut[] = [
  { key: '?', name: 'help', does: 'press' },
  { key: 'o', name: 'sales', does: 'press' },
  { key: 'p', name: 'pause', does: 'press' },
  { key: 'r', name: 'resume', does: 'press' },
  { key: 'u', name: 'undo', does: 'press' },
  { key: 's', name: 'rate', does: 'focus' },
  { key: 'c', name: 'call', does: 'focus' },
  { key: 'm', name: 'message', does: 'focus' },
  { key: 'd', name: 'drain', does: 'focus' },
  { key: 'h', name: 'halt', does: 'focus' },
];

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat' | 'defaultPrevented'>;

/** Null for a key with none, with a modifier, held down, or meant for a field that is written in. */
export function shortcutOf(pressed: Pressed, where: { readonly isWriting: boolean }): Shortcut | null {
  const { key, ctrlKey, metaKey, altKey, repeat, defaultPrevented } = pressed;
  if (ctrlKey || metaKey || altKey || repeat || defaultPrevented || where.isWriting) return null;
  return shortcuts.find((shortcut) => shortcut.key === key.toLowerCase()) ?? null;
}

export function keyOf(name: ShortcutName): string {
  return shortcuts.find((shortcut) => shortcut.name === name)?.key ?? '';
}
