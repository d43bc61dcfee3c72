import { formatMessage } from './format-message.ts';
import type { Messages, ShopMessages } from './language.ts';
import { firstKnown } from './language.ts';
import { ar } from './messages-ar.ts';
import { arShop } from './messages-ar-shop.ts';
import { de } from './messages-de.ts';
import { deShop } from './messages-de-shop.ts';
import { en } from './messages-en.ts';
import { enShop } from './messages-en-shop.ts';
import { es } from './messages-es.ts';
import { esShop } from './messages-es-shop.ts';
import { fi } from './messages-fi.ts';
import { fiShop } from './messages-fi-shop.ts';
import { fr } from './messages-fr.ts';
import { frShop } from './messages-fr-shop.ts';
import { ja } from './messages-ja.ts';
import { jaShop } from './messages-ja-shop.ts';

const english = { ...en, ...enShop };
const translations: Record<string, Messages & ShopMessages> = {
  ar: { ...ar, ...arShop },
  de: { ...de, ...deShop },
  es: { ...es, ...esShop },
  fi: { ...fi, ...fiShop },
  fr: { ...fr, ...frShop },
  ja: { ...ja, ...jaShop },
};

/** The names a message takes its values by. */
const namesIn = (message: string): string[] =>
  [
    ...new Set(
      [...message.matchAll(/(?<!(?:=\d+|zero|one|two|few|many|other) )\{(\w+)[,}]/g)].map(([, name]) => name ?? ''),
    ),
  ].sort();

test.each(Object.keys(translations))('%s holds every message a fan reads, with the same values', (language) => {
  for (const [key, message] of Object.entries(english)) {
    const translated = translations[language]?.[key as keyof typeof english] ?? '';
    expect([key, translated.length > 0, namesIn(translated)]).toEqual([key, true, namesIn(message)]);
  }
});

test.each(Object.keys(translations))('%s is well formed for every number', (language) => {
  for (const [key, message] of Object.entries(translations[language] ?? {})) {
    for (const count of [0, 1, 2, 3, 11, 100, 1_000_000]) {
      const text = formatMessage(message, { count }, language);
      expect([key, text.includes('#'), text.includes('{count}')]).toEqual([key, false, false]);
    }
  }
});

test('the first wished-for language that we have is taken', () => {
  expect(firstKnown(['sv-FI', 'fi-FI', 'en'])).toBe('fi');
  expect(firstKnown(['', 'de-AT'])).toBe('de');
  expect(firstKnown(['sv'])).toBe('en');
});
