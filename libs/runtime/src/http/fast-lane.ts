// A lane before Node's own HTTP for the few routes a rush hits. Node's parser, IncomingMessage and ServerResponse cost more
// than all the work of such a request; here a connection's bytes are read as text, an ordinary request is answered from
// them with one write, and whatever is not quite ordinary is handed to Node's HTTP with all its bytes, which knows every
// case. To be safe behind any proxy the lane is stricter than Node, never more lenient: what it takes for one request,
// every other reader takes for the same one.
//
// States of a connection: `reading` (no request, or the beginning of one), `answering` (one request is being answered; more
// bytes wait), then handed over or closed. A connection that was handed over ends with its answer, so that the next request
// of a proxy begins in the lane again.
import { type Server, STATUS_CODES as STATUS_WORDS } from 'node:http';
import type { Socket } from 'node:net';
import { type LaneHeaders, type LaneMethod, readRequest } from './lane-request.ts';

export type LaneRequest = {
  readonly method: LaneMethod;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly headers: LaneHeaders;
  readonly body: string;
  /** The peer's address; IPv4 without the prefix of mapped addresses. */
  readonly peer: string;
};

/** `head`: whole header lines, each with its line end. Text is sent as UTF-8. */
export type LaneAnswer = { readonly status: number; readonly head: string; readonly body: string };

/** Answers once and returns true, or returns false and has touched nothing. Never throws. */
export type LaneHandler = (request: LaneRequest, reply: (answer: LaneAnswer) => void) => boolean;

export type FastLane = {
  /** From now on each answer is the last of its connection; idle ones stay, and new ones are taken. */
  drain(): void;
  /** Idle connections end now, those that are answering afterwards. */
  close(): void;
};

const REQUEST_BYTES_MAX = 16 * 1024; // head and body; what is longer is Node's to judge
const REQUEST_LIMIT_MS = 20_000;

type Lane = {
  readonly handler: LaneHandler;
  readonly handOver: (socket: Socket, bytes: Buffer) => void;
  readonly open: Set<Connection>;
  draining: boolean;
};

/** Takes the server's connections before its own HTTP does. */
export function openFastLane(
  server: Server,
  { handler, idleLimitMs }: { readonly handler: LaneHandler; readonly idleLimitMs: number },
): FastLane {
  const nodes = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  const lane: Lane = {
    handler,
    open: new Set(),
    draining: false,
    handOver: (socket, bytes) => {
      for (const node of nodes) node.call(server, socket);
      socket.emit('data', bytes);
    },
  };
  server.on('connection', (socket: Socket) => new Connection(lane, socket, idleLimitMs));
  return {
    drain: () => {
      lane.draining = true;
    },
    close: () => {
      for (const connection of lane.open) connection.endWhenIdle();
    },
  };
}

class Connection {
  private readonly lane: Lane;
  private readonly socket: Socket;
  private readonly peer: string;
  private readonly reply = (answer: LaneAnswer) => this.send(answer);
  /** The beginning of a request, or what came while one was answered. */
  private rest: Buffer | null = null;
  /** When the request that is not whole yet began. */
  private began = 0;
  private answering = false;
  /** The answer under way is the last: the client or this process is about to go. */
  private ending = false;

  constructor(lane: Lane, socket: Socket, idleLimitMs: number) {
    this.lane = lane;
    this.socket = socket;
    this.peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    lane.open.add(this);
    socket.setTimeout(idleLimitMs);
    socket.on('data', this.onData);
    socket.on('end', this.endWhenIdle);
    socket.on('timeout', this.onFailure);
    socket.on('error', this.onFailure);
    socket.on('close', this.onClose);
  }

  readonly endWhenIdle = (): void => {
    this.ending = true;
    if (!this.answering) this.socket.end();
  };
  private readonly onFailure = () => this.socket.destroy();
  private readonly onClose = () => this.lane.open.delete(this);

  private readonly onData = (data: Buffer) => {
    const bytes = this.rest === null ? data : Buffer.concat([this.rest, data]);
    if (this.answering) return this.waitFor(bytes);
    const read = bytes.length > REQUEST_BYTES_MAX ? 'unusual' : readRequest(bytes.toString('latin1'), bytes);
    if (read === 'partial') return this.keep(bytes);
    if (read === 'unusual') return this.leave(bytes);
    this.rest = null;
    this.answering = true;
    const { method, target, headers, body } = read;
    if (this.lane.handler({ method, target, headers, body, peer: this.peer }, this.reply)) return;
    this.answering = false;
    this.leave(bytes);
  };

  private keep(bytes: Buffer): void {
    if (this.rest === null) this.began = performance.now();
    else if (performance.now() - this.began > REQUEST_LIMIT_MS) {
      this.socket.destroy();
      return;
    }
    this.rest = bytes;
  }

  /** A client that does not wait for its answer: its further requests are Node's, after this answer. */
  private waitFor(bytes: Buffer): void {
    this.rest = bytes;
    this.socket.pause();
  }

  private leave(bytes: Buffer): void {
    const { socket, lane } = this;
    socket.off('data', this.onData);
    socket.off('end', this.endWhenIdle);
    socket.off('timeout', this.onFailure);
    socket.off('error', this.onFailure);
    socket.off('close', this.onClose);
    socket.setTimeout(0);
    lane.open.delete(this);
    lane.handOver(socket, bytes);
  }

  private send({ status, head, body }: LaneAnswer): void {
    const { socket } = this;
    if (this.lane.draining) this.ending = true;
    const length = Buffer.byteLength(body);
    // A body is not allowed with these, nor a length of one.
    const carried = status === 204 || status === 304 ? '' : `Content-Length: ${length}\r\n`;
    const connection = this.ending ? 'Connection: close\r\n' : KEEP_ALIVE;
    const text = `${statusLine(status)}${head}${carried}${dateLine()}${connection}\r\n${body}`;
    socket.write(text, length === body.length ? 'latin1' : 'utf8');
    this.answering = false;
    if (this.ending) socket.end();
    if (this.ending || this.rest === null) return;
    const { rest } = this;
    this.rest = null;
    socket.resume();
    this.leave(rest);
  }
}

const KEEP_ALIVE = 'Connection: keep-alive\r\n';
const STATUS_LINES: Record<number, string> = {};

function statusLine(status: number): string {
  STATUS_LINES[status] ??= `HTTP/1.1 ${status} ${STATUS_WORDS[status] ?? ''}\r\n`;
  return STATUS_LINES[status];
}

let date = { second: 0, line: '' };

/** Written anew once a second. */
function dateLine(): string {
  const second = Math.floor(Date.now() / 1000);
  if (second !== date.second) date = { second, line: `Date: ${new Date(second * 1000).toUTCString()}\r\n` };
  return date.line;
}
