// Passing a request on to an app and its answer back, streaming both ways over kept-alive connections.

import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { errorCodes } from '@onsale/contracts';

export type Target = { readonly app: string; readonly port: number };

/** Headers that speak of one connection only (RFC 9110, 7.6.1), and those that we set ourselves. */
const NOT_PASSED_ON = new Set([
  ...['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'],
]);
/** More than the crowd of a demo has in flight; beyond it requests wait for a connection. */
const CONNECTIONS_PER_APP_MAX = 1024;

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_PER_APP_MAX, scheduling: 'lifo' });

export function forward(incoming: IncomingMessage, outgoing: ServerResponse, target: Target): void {
  const hasBody =
    incoming.headers['content-length'] !== undefined || incoming.headers['transfer-encoding'] !== undefined;
  send({ incoming, outgoing, target, hasBody, attempt: 1 });
}

type Attempt = {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly target: Target;
  readonly hasBody: boolean;
  readonly attempt: number;
};

function send(it: Attempt): void {
  const { incoming, outgoing, target, hasBody } = it;
  const upstream = request({
    agent,
    host: '127.0.0.1',
    port: target.port,
    method: incoming.method,
    path: incoming.url,
    headers: forwardedHeaders(incoming),
  });
  upstream.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.rawHeaders));
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  upstream.on('error', () => {
    if (outgoing.headersSent || outgoing.destroyed) return void outgoing.destroy();
    // A kept-alive connection may be closed by the app in the moment it is used; what has no body can be sent again.
    if (upstream.reusedSocket && !hasBody && it.attempt === 1) return send({ ...it, attempt: 2 });
    answerUnavailable(outgoing, target.app);
  });
  outgoing.on('close', () => {
    if (!outgoing.writableFinished) upstream.destroy();
  });
  if (hasBody) incoming.pipe(upstream);
  else upstream.end();
}

/** The problem document for a part that is away. */
export function answerUnavailable(outgoing: ServerResponse, app: string): void {
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
export function forwardUpgrade(it: { incoming: IncomingMessage; near: Socket; head: Buffer; target: Target }): void {
  const { incoming, near, head, target } = it;
  const far = connect({ port: target.port, host: '127.0.0.1' });
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
