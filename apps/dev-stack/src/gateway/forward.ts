// Passing a request on to an app and its answer back, streaming both ways over kept-alive connections.

import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { errorCodes } from '@onsale/contracts';

export type Target = {
  readonly app: string;
  /** Of its copies, in the order in which they are tried. */
  readonly ports: readonly number[];
  /** Answers instead of a problem document when the app is away. */
  readonly whenAway?: () => void;
};

/** Headers that speak of one connection only (RFC 9110, 7.6.1), and those that we set ourselves. */
const NOT_PASSED_ON = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'],
]);
/** More than the crowd of a demo has in flight; beyond it requests wait for a connection. */
const CONNECTIONS_PER_APP_MAX = 1024;

/** An app that is frozen takes connections and answers nothing. Its own longest wait, for a confirm, is 5 s. */
const SILENCE_MAX_MS = 12_000;

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_PER_APP_MAX, scheduling: 'lifo' });

/** A body up to this size is kept, so that it can be sent to another copy; the API takes none that is larger. */
const KEPT_BODY_BYTES_MAX = 65_536;

export function forward(incoming: IncomingMessage, outgoing: ServerResponse, { app, ports, whenAway }: Target): void {
  const length = incoming.headers['content-length'];
  const hasBody = length !== undefined || incoming.headers['transfer-encoding'] !== undefined;
  const [port] = ports;
  if (port === undefined) return void answerUnavailable(outgoing, app);
  const exchange = { incoming, outgoing, app, headers: forwardedHeaders(incoming), ...(whenAway && { whenAway }) };
  if (!hasBody) return void send({ ...exchange, ports, body: null });
  if (!(Number(length) <= KEPT_BODY_BYTES_MAX)) return void send({ ...exchange, ports: [port], body: incoming });
  const pieces: Buffer[] = [];
  incoming.on('data', (piece: Buffer) => pieces.push(piece));
  incoming.on('end', () => send({ ...exchange, ports, body: Buffer.concat(pieces) }));
  incoming.on('error', () => outgoing.destroy());
}

type Sending = {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly app: string;
  readonly headers: readonly string[];
  readonly ports: readonly number[];
  readonly body: Buffer | IncomingMessage | null;
  readonly whenAway?: () => void;
  readonly isSecond?: true;
};

function send(it: Sending): void {
  const { incoming, outgoing, body } = it;
  const [port = 0, ...others] = it.ports;
  const upstream = request({
    agent,
    host: '127.0.0.1',
    port,
    method: incoming.method,
    path: incoming.url,
    headers: it.headers,
    timeout: SILENCE_MAX_MS,
  });
  upstream.on('timeout', () => upstream.destroy(new Error('no answer')));
  upstream.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.rawHeaders));
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  upstream.on('error', (error: NodeJS.ErrnoException) => {
    if (outgoing.headersSent || outgoing.destroyed) return void outgoing.destroy();
    // Refused: nobody has seen the request, so that any may go to another copy.
    if (error.code === 'ECONNREFUSED' && others.length > 0) return void send({ ...it, ports: others });
    // A kept-alive connection is closed by an app that stops, perhaps in the moment it is used: never over a request that
    // it has read, so that any may be sent again. A copy may also die over a request: then only what may be repeated.
    const isKept = body === null || Buffer.isBuffer(body);
    const again = upstream.reusedSocket || (mayBeRepeated(incoming) && others.length > 0);
    if (isKept && again && it.isSecond === undefined) {
      return void send({ ...it, ports: [...others, port], isSecond: true });
    }
    if (it.whenAway && body === null) return it.whenAway();
    answerUnavailable(outgoing, it.app);
  });
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) upstream.destroy();
  });
  if (body === null || Buffer.isBuffer(body)) upstream.end(body ?? undefined);
  else body.pipe(upstream);
}

/** Whether a request that was perhaps acted upon may be sent once more (RFC 9110, 9.2.2, and the contract's keys). */
function mayBeRepeated({ method, headers }: IncomingMessage): boolean {
  return (method !== 'POST' && method !== 'PATCH') || headers['idempotency-key'] !== undefined;
}

/** The problem document for a part that is away. */
function answerUnavailable(outgoing: ServerResponse, app: string): void {
  const { status, title } = errorCodes.unavailable;
  const traceId = randomUUID().replaceAll('-', '');
  const body = {
    type: 'about:blank',
    title,
    status,
    code: 'unavailable',
    detail: `${app} is away.`,
    traceId,
    retryAfterSeconds: 1,
  };
  outgoing.writeHead(status, {
    'Content-Type': 'application/problem+json',
    'Retry-After': '1',
    'Cache-Control': 'no-store',
  });
  outgoing.end(JSON.stringify(body));
}

/** Passes a WebSocket on: the upgrade request is written again and the two connections are joined. */
export function forwardUpgrade(it: { incoming: IncomingMessage; near: Socket; head: Buffer; port: number }): void {
  const { incoming, near, head, port } = it;
  const far = connect({ port, host: '127.0.0.1' });
  far.setNoDelay(true);
  near.setNoDelay(true);
  near.setTimeout(0);
  far.on('connect', () => {
    const headers = [...forwardedHeaders(incoming), 'Connection', 'Upgrade', 'Upgrade', incoming.headers.upgrade ?? ''];
    const lines = headers.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${headers[at + 1]}`] : []));
    far.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    far.write(head);
    far.pipe(near).pipe(far);
  });
  for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
    socket.on('error', () => other.destroy());
    socket.on('close', () => other.destroy());
  }
}

// Headers are handed on as the flat list they came in: half as much work as objects, and repeated ones stay repeated.
function forwardedHeaders(incoming: IncomingMessage): string[] {
  const headers = endToEnd(incoming.rawHeaders);
  // We are the first proxy: whatever a client claims to have forwarded is not believed.
  headers.push('X-Forwarded-For', incoming.socket.remoteAddress?.replace(/^::ffff:/, '') ?? 'unknown');
  headers.push('X-Forwarded-Proto', 'http', 'X-Forwarded-Host', incoming.headers.host ?? '');
  return headers;
}

function endToEnd(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name, value] = [rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''];
    if (!NOT_PASSED_ON.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}
