// A lean Socket.IO client: one WebSocket and the few frames of Engine.IO 4 and Socket.IO 5 that this contract uses.
// Thousands of them share one process, so the line document, the same bytes for all, is parsed once for all.
// Frames: 0 open, 2 ping, 3 pong, 40 connect, 42 event, 44 refused.

import type { BookingEvent, LineDocument } from '@onsale/contracts';
import { bookingEvent, LIVE_PATH, lineDocument, serverEvents } from '@onsale/contracts';
import { WebSocket } from 'undici';
import type { z } from 'zod';

export type LiveAuth = { readonly fan?: string; readonly place?: string; readonly pass?: string };
export type PlaceEvent = z.infer<(typeof serverEvents)['place']>;
export type LiveHandlers = {
  onLine(line: LineDocument): void;
  onPlace(place: PlaceEvent): void;
  onBooking(event: BookingEvent): void;
  onMisfit(what: string): void;
};

const RECONNECT_MIN_MS = 200;
const RECONNECT_MAX_MS = 2_000; // until the server has announced another

/** Stays connected until closed: a lost connection is made anew at a random moment within the announced time. */
export class LiveSocket {
  readonly #url: string;
  readonly #auth: LiveAuth;
  readonly #handlers: LiveHandlers;
  #socket: WebSocket | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  #closed = false;
  #reconnectWithinMs = RECONNECT_MAX_MS;

  constructor(origin: string, auth: LiveAuth, handlers: LiveHandlers) {
    this.#url = `${origin.replace(/^http/, 'ws')}${LIVE_PATH}/?EIO=4&transport=websocket`;
    this.#auth = auth;
    this.#handlers = handlers;
    this.#connect();
  }

  get isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#reconnect);
    this.#socket?.close();
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#read(socket, String(data)));
    socket.addEventListener('error', () => undefined); // `close` follows
    socket.addEventListener('close', () => {
      if (this.#closed) return;
      const pause = RECONNECT_MIN_MS + Math.random() * (this.#reconnectWithinMs - RECONNECT_MIN_MS);
      this.#reconnect = setTimeout(() => this.#connect(), pause);
    });
  }

  #read(socket: WebSocket, frame: string): void {
    if (frame === '2') socket.send('3');
    else if (frame.startsWith('0')) socket.send(`40${JSON.stringify(this.#auth)}`);
    else if (frame.startsWith('42')) this.#readEvent(frame.slice(2));
    else if (frame.startsWith('44')) this.#handlers.onMisfit(`the live server refused: ${frame.slice(2, 200)}`);
  }

  #readEvent(text: string): void {
    const line = readLine(text);
    if (line !== null) this.#handlers.onLine(line);
    else this.#readOther(JSON.parse(text) as [string, unknown]);
  }

  #readOther([name, payload]: [string, unknown]): void {
    const { onPlace, onBooking, onMisfit } = this.#handlers;
    if (name === 'place') this.#hand(serverEvents.place, payload, onPlace);
    else if (name === 'booking') this.#hand(bookingEvent, payload, onBooking);
    else if (name === 'reconnect')
      this.#hand(serverEvents.reconnect, payload, ({ withinSeconds }) => {
        this.#reconnectWithinMs = withinSeconds * 1000;
      });
    else if (!(name in serverEvents)) onMisfit(`live event ${name} is not in the contract`);
  }

  #hand<Schema extends z.ZodType>(schema: Schema, payload: unknown, take: (value: z.infer<Schema>) => void): void {
    const parsed = schema.safeParse(payload);
    if (parsed.success) take(parsed.data);
    else
      this.#handlers.onMisfit(
        `live event: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`,
      );
  }
}

let latest: { text: string; line: LineDocument } | undefined;

function readLine(text: string): LineDocument | null {
  if (!text.startsWith('["line",')) return null;
  if (latest?.text === text) return latest.line;
  const [, payload] = JSON.parse(text) as [string, unknown];
  const parsed = lineDocument.safeParse(payload);
  if (!parsed.success) return null;
  latest = { text, line: parsed.data };
  return parsed.data;
}
