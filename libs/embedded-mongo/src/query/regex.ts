// Regular expressions of the server (PCRE) as JavaScript ones: the options i, m, s, x and a leading (?imsx).
import { ServerError } from '../errors.ts';

const cacheMax = 500;
const cache = new Map<string, RegExp>();

/** Throws 51091 for a pattern that cannot be understood, 51108 for an unknown option. */
export function toRegExp(pattern: string, options: string): RegExp {
  const name = `${options}/${pattern}`;
  const known = cache.get(name);
  if (known) return known;
  const regex = build(pattern, options);
  if (cache.size >= cacheMax) cache.clear();
  cache.set(name, regex);
  return regex;
}

function build(pattern: string, options: string): RegExp {
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const body = inline ? pattern.slice(inline[0].length) : pattern;
  const letters = new Set([...options, ...(inline?.[1] ?? '')]);
  for (const letter of letters) {
    if (!'imsxu'.includes(letter)) throw new ServerError(51108, `invalid flag in regex options: ${letter}`);
  }
  const source = letters.has('x') ? withoutComments(body) : body;
  const flags = [...letters].filter((letter) => 'ims'.includes(letter)).join('');
  try {
    return new RegExp(translate(source), `${flags}u`);
  } catch {
    try {
      return new RegExp(translate(source), flags);
    } catch (error) {
      throw new ServerError(51091, `Regular expression is invalid: ${(error as Error).message}`);
    }
  }
}

const translate = (source: string): string =>
  source
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\(\?P</g, '(?<')
    .replace(/\[\[:digit:\]\]/g, '\\d');

// With the option x, white space and #-comments outside of classes do not count.
function withoutComments(pattern: string): string {
  let out = '';
  let inClass = false;
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern.charAt(i);
    if (char === '\\') {
      out += char + pattern.charAt(i + 1);
      i += 1;
    } else if (inClass || !/[\s#]/.test(char)) {
      if (char === '[') inClass = true;
      if (char === ']') inClass = false;
      out += char;
    } else if (char === '#') {
      while (i + 1 < pattern.length && pattern.charAt(i + 1) !== '\n') i += 1;
    }
  }
  return out;
}
