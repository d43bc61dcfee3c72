// What a password of staff must be: long, and none that a guesser tries first. No rule about kinds of characters: they
// make passwords that are hard to keep in mind and easy to guess (NIST SP 800-63B, 3.1.1.2).

export const PASSWORD_LENGTH_MIN = 12;

export type PasswordFault = 'too_short' | 'too_common' | 'like_the_address';

/** Null for a good one. */
export function passwordFault({ password, email }: { readonly password: string; readonly email: string }) {
  if ([...password].length < PASSWORD_LENGTH_MIN) return 'too_short' satisfies PasswordFault;
  const plain = plainLetters(password);
  const name = plainLetters(email.split('@')[0] ?? '');
  if (name.length >= NAME_LENGTH_MIN && isMadeOf(plain, [name])) return 'like_the_address' satisfies PasswordFault;
  if (repeatsShortPart(password.toLowerCase()) || isMadeOf(plain, commonWords))
    return 'too_common' satisfies PasswordFault;
  return null;
}

const NAME_LENGTH_MIN = 3;
/** Letters beside the known words: fewer than this add nothing to a guesser's work. */
const OWN_LETTERS_MIN = 6;

const writtenFor: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
  '!': 'i',
};

function plainLetters(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, (sign) => writtenFor[sign] ?? '');
}

/** Whether too little is left when the words are taken out. */
function isMadeOf(plain: string, words: readonly string[]): boolean {
  const left = words.reduce((text, word) => text.replaceAll(word, ''), plain);
  return left.length < plain.length && left.length < OWN_LETTERS_MIN;
}

/** `aaaaaaaaaaaa`, `abcabcabcabc`, and the rows of a keyboard however long. */
function repeatsShortPart(password: string): boolean {
  if (/^(.{1,6}?)\1+.{0,5}$/.test(password)) return true;
  const rows = [
    '01234567890123456789',
    '98765432109876543210',
    'abcdefghijklmnopqrstuvwxyz',
    'qwertyuiopasdfghjklzxcvbnm',
  ];
  return rows.some((row) => row.includes(password));
}

/** Longer ones first, so that none is broken by a shorter one within it. */
const commonWords: readonly string[] = [
  'correcthorsebatterystaple',
  'administrator',
  'qwertyuiop',
  'sunshine',
  'basketball',
  'liverpool',
  'superman',
  'trustnoi',
  'football',
  'baseball',
  'princess',
  'changeme',
  'password',
  'passwort',
  'iloveyou',
  'starwars',
  'whatever',
  'computer',
  'internet',
  'salasana',
  'asdfghjkl',
  'michael',
  'charlie',
  'welcome',
  'letmein',
  'default',
  'zxcvbnm',
  'shadow',
  'master',
  'monkey',
  'dragon',
  'qwerty',
  'azerty',
  'secret',
  'summer',
  'winter',
  'spring',
  'autumn',
  'ticket',
  'onsale',
  'access',
  'google',
  'hunter',
  'killer',
  'batman',
  'abcdef',
  'admin',
  'login',
  'guest',
  'hello',
  'asdf',
  'test',
  'love',
  'user',
  'root',
  'abc',
];
