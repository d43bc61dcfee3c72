// The language of a page: the one chosen before, else the first the browser asks for that we have.

import { firstKnown, type Language, loadMessages, regionalLocale, type Words } from '../language/language.ts';
import { LANGUAGE_COOKIE } from '../language/language-cookie.ts';

/** Put together once for each language: doing it for each page would cost more than drawing it. */
const whole = new Map<Language, Promise<Words['messages']>>();

function wholeMessages(language: Language): Promise<Words['messages']> {
  const known = whole.get(language) ?? loadMessages(language, 'all');
  whole.set(language, known);
  return known;
}

const TAGS_MAX = 12;
const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

export async function wordsFor(headers: {
  readonly cookie?: string | undefined;
  readonly acceptLanguage?: string | undefined;
}): Promise<Words> {
  const chosen = chosenLanguage(headers.cookie);
  const wished = wishedTags(headers.acceptLanguage ?? '');
  const language = firstKnown([...(chosen === null ? [] : [chosen]), ...wished]);
  return { language, locale: regionalLocale(language, wished), messages: await wholeMessages(language) };
}

/** Tags of an Accept-Language header (RFC 9110, 12.5.4), the dearest first; what is no tag is passed over. */
export function wishedTags(header: string): readonly string[] {
  return header
    .split(',')
    .slice(0, TAGS_MAX)
    .map((part) => {
      const [tag = '', ...rest] = part.split(';').map((piece) => piece.trim());
      const quality = rest.find((piece) => piece.startsWith('q='))?.slice(2);
      return { tag, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ tag, quality }) => TAG.test(tag) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

const chosenLanguage = (cookie: string | undefined): string | null =>
  cookie?.match(new RegExp(`(?:^|; )${LANGUAGE_COOKIE}=([a-z]{2})(?:;|$)`))?.[1] ?? null;
