// The built pages, served as a web server in front of a real installation would.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, posix, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

type StaticFile = {
  type: string;
  etag: string;
  cacheControl: string;
  plain: Buffer;
  br: Buffer | undefined;
  gzip: Buffer | undefined;
};

export type StaticFiles = {
  /** Whether a file lies at exactly this path. */
  has(path: string): boolean;
  /** Answers GET and HEAD. A path that names no file and has no extension gets the page of the nearest folder above. */
  answer(incoming: IncomingMessage, outgoing: ServerResponse, path: string): void;
};

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.ics': 'text/calendar; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = /^(text|application|image\/svg)/;
/** The pages hold no inline script or style and speak to their own origin only; a browser is told to enforce it. */
const SECURITY_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src 'self'; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};
/** Smaller than one packet: compressing saves nothing. */
const COMPRESS_FROM_BYTES = 1024;

/** Reads everything into memory: a few hundred kilobytes. A missing folder is an empty one. */
export function staticFiles(folder: string): StaticFiles {
  const files = new Map(
    listFiles(folder).map((file) => [`/${relative(folder, file).split(sep).join('/')}`, load(file)]),
  );
  return {
    has: (path) => files.has(posix.normalize(decode(path))),
    answer: (incoming, outgoing, path) => {
      if (incoming.method !== 'GET' && incoming.method !== 'HEAD')
        return void outgoing.writeHead(405, { Allow: 'GET, HEAD' }).end();
      const file = find(files, path);
      if (!file)
        return void outgoing
          .writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' })
          .end('There is no such page.\n');
      send(incoming, outgoing, file);
    },
  };
}

function find(files: ReadonlyMap<string, StaticFile>, path: string): StaticFile | undefined {
  const clean = posix.normalize(decode(path));
  const exact = files.get(clean) ?? files.get(`${clean}.html`) ?? files.get(posix.join(clean, 'index.html'));
  if (exact || extname(clean) !== '') return exact;
  for (let folder = posix.dirname(clean); ; folder = posix.dirname(folder)) {
    const page =
      files.get(posix.join(folder, 'index.html')) ?? (folder === '/' ? undefined : files.get(`${folder}.html`));
    if (page || folder === '/' || folder === '.') return page;
  }
}

function send(incoming: IncomingMessage, outgoing: ServerResponse, file: StaticFile): void {
  const headers = { ETag: file.etag, 'Cache-Control': file.cacheControl, Vary: 'Accept-Encoding' };
  if (incoming.headers['if-none-match'] === file.etag) return void outgoing.writeHead(304, headers).end();
  const accepted = String(incoming.headers['accept-encoding'] ?? '');
  const [encoding, bytes] =
    file.br && accepted.includes('br')
      ? ['br', file.br]
      : file.gzip && accepted.includes('gzip')
        ? ['gzip', file.gzip]
        : ['', file.plain];
  outgoing.writeHead(200, {
    ...headers,
    'Content-Type': file.type,
    'Content-Length': bytes.length,
    ...(encoding ? { 'Content-Encoding': encoding } : {}),
    ...SECURITY_HEADERS,
  });
  outgoing.end(incoming.method === 'HEAD' ? undefined : bytes);
}

function load(file: string): StaticFile {
  const plain = readFileSync(file);
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  const compress = COMPRESSIBLE.test(type) && plain.length >= COMPRESS_FROM_BYTES;
  return {
    type,
    etag: `"${createHash('sha1').update(plain).digest('base64url')}"`,
    // The build puts a hash of the content into the names of assets.
    cacheControl: file.split(sep).includes('assets') ? 'public, max-age=31536000, immutable' : 'no-cache',
    plain,
    br: compress ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : undefined,
    gzip: compress ? gzipSync(plain) : undefined,
  };
}

function listFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
