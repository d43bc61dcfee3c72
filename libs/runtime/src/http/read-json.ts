// Request bodies: uncompressed JSON of a bounded size. Node 20's Brotli decoder has an unpatched hole and a gzip bomb
// costs more than it carries, so every Content-Encoding is refused.
import type { IncomingMessage } from 'node:http';
import { ProblemError } from './problem.ts';

export const BODY_LIMIT_BYTES = 64 * 1024;

/** What the text of a body says. Throws ProblemError 415 or 400. */
export function parseJson(contentType: string | undefined, text: string): unknown {
  if (!isJson(contentType)) throw new ProblemError('unsupported_media_type');
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError('invalid_json');
  }
}

/** The raw bytes, for signatures over them. Throws ProblemError 413 or 415. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw new ProblemError('unsupported_media_type');
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw new ProblemError('body_too_large');
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limitBytes) throw new ProblemError('body_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isJson(contentType: string | undefined): boolean {
  return contentType === 'application/json' || contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}
