import { wishedTags, wordsFor } from './wished-language.ts';

test('languages are taken in the order a browser wishes them, and nonsense is passed over', () => {
  expect(wishedTags('fr;q=0.5, de-AT, *;q=0.1, en;q=0, x, en-GB;q=0.8')).toEqual(['de-AT', 'en-GB', 'fr']);
  expect(wishedTags('')).toEqual([]);
  expect(wishedTags(`${'de,'.repeat(200)}fr`).length).toBeLessThanOrEqual(12);
  expect(wishedTags('de-<script>, fr_FR, fi')).toEqual(['fi']);
});

test('a language chosen before comes first; the region still decides how dates are written', async () => {
  const words = await wordsFor({ cookie: 'a=b; onsale_language=de', acceptLanguage: 'en-GB, de-AT' });
  expect([words.language, words.locale, words.messages['event.dates']]).toEqual(['de', 'de-AT', 'Termine und Preise']);
  expect((await wordsFor({ cookie: 'onsale_language=xx', acceptLanguage: 'ar-EG' })).language).toBe('ar');
  expect((await wordsFor({})).language).toBe('en');
});
