// HMAC-SHA256 of short texts, many a second. Node's createHmac makes a stream for each; two one-shot hashes over buffers
// that hold the padded key already cost half of that.
// Source: RFC 2104. A test holds it against createHmac.
import { hash } from 'node:crypto';

const BLOCK_BYTES = 64;
const DIGEST_BYTES = 32;
const TEXT_LENGTH_MAX = 640; // characters: the longest token and the word for its purpose
const UTF8_BYTES_MAX = 3; // of one character in a JavaScript string

/** Base64url of the code over the text as UTF-8. Throws RangeError for a text of more than 640 characters. */
export type TextHmac = (text: string) => string;

export function textHmac(key: Buffer): TextHmac {
  const short = key.length > BLOCK_BYTES ? hash('sha256', key, 'buffer') : key;
  const inner = Buffer.alloc(BLOCK_BYTES + TEXT_LENGTH_MAX * UTF8_BYTES_MAX, 0x36);
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES, 0x5c);
  short.forEach((byte, i) => {
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  });
  const views: Buffer[] = []; // by their end: a view costs half of a hash, and tokens have few lengths
  return (text) => {
    if (text.length > TEXT_LENGTH_MAX)
      throw new RangeError(`a text to be sealed has at most ${TEXT_LENGTH_MAX} characters`);
    const end = BLOCK_BYTES + inner.write(text, BLOCK_BYTES, 'utf8');
    const view = views[end] ?? inner.subarray(0, end);
    views[end] = view;
    outer.write(hash('sha256', view, 'binary'), BLOCK_BYTES, 'latin1');
    return hash('sha256', outer, 'base64url');
  };
}
