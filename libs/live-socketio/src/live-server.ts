// The sockets of waiting and admitted fans. Each process serves its own; what is meant for one fan travels between the
// processes by Redis, what is meant for the whole line does not: every process hears that once and repeats it locally.
import type { Server as HttpServer, IncomingMessage } from 'node:http';
import {
  type AvailabilityEvent,
  type BookingEvent,
  clientEvents,
  LIVE_PATH,
  liveAuth,
  rooms,
  type serverEvents,
} from '@onsale/contracts';
import { type FanId, reconnectWithinSeconds, type SaleId } from '@onsale/domain';
import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server, type Socket } from 'socket.io';
import type { z } from 'zod';

export type LivePass = {
  readonly saleId: SaleId;
  readonly number: number;
  readonly passId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
};

export type LivePlace = {
  readonly saleId: SaleId;
  readonly index: number;
  /** How often it had moved to another device when this one got it. */
  readonly version: number;
};

export type LiveIdentity = {
  readonly fanId: FanId | null;
  readonly places: readonly LivePlace[];
  /** The verified passes of the shops the fan is inside of; times in seconds since 1970. */
  readonly passes: readonly LivePass[];
};

type Event<Name extends keyof typeof serverEvents> = z.infer<(typeof serverEvents)[Name]>;

export type ServerToClient = {
  line(document: Event<'line'>): void;
  place(place: Event<'place'>): void;
  booking(event: BookingEvent): void;
  availability(event: AvailabilityEvent): void;
  notice(notice: Event<'notice'>): void;
  reconnect(window: Event<'reconnect'>): void;
};
type ClientToServer = { 'check-in'(body?: unknown): void };
type Data = { identity: LiveIdentity };
export type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, Data>;
export type LiveIo = Server<ClientToServer, ServerToClient, Record<string, never>, Data>;

export type LiveServerOptions = {
  readonly http: HttpServer;
  readonly redisUrl: string;
  /** Null refuses the connection. `request` carries the cookies. */
  identify(auth: LiveCredentials, request: IncomingMessage): LiveIdentity | null;
  onJoin(socket: LiveSocket): void;
  onLeave(socket: LiveSocket): void;
  onCheckIn(socket: LiveSocket): void;
};
export type LiveCredentials = z.infer<typeof liveAuth>;

export type LiveServer = { readonly io: LiveIo; close(): Promise<void> };

const MESSAGE_LIMIT_BYTES = 4096; // a client only ever says who it is and that it is still there
const PING_EVERY_MS = 25_000;
const PING_LIMIT_MS = 20_000;
const CONNECT_LIMIT_MS = 10_000;

export function liveServer(options: LiveServerOptions): LiveServer {
  const publisher = connect(options.redisUrl);
  const subscriber = connect(options.redisUrl);
  const io: LiveIo = new Server(options.http, {
    path: LIVE_PATH,
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false, // costs memory for each socket, and the documents are small
    httpCompression: false,
    maxHttpBufferSize: MESSAGE_LIMIT_BYTES,
    pingInterval: PING_EVERY_MS,
    pingTimeout: PING_LIMIT_MS,
    connectTimeout: CONNECT_LIMIT_MS,
    adapter: createAdapter(publisher, subscriber, { publishOnSpecificResponseChannel: true }),
  });
  io.use((socket, next) => {
    const auth = liveAuth.safeParse(socket.handshake.auth);
    const identity = auth.success ? options.identify(auth.data, socket.request) : null;
    if (identity === null) return next(new Error('unauthenticated'));
    socket.data.identity = identity;
    socket.handshake.auth = {}; // read and done with: ten thousand tokens are some megabytes
    next();
  });
  const announce = reconnectAnnouncer(io);
  io.on('connection', (socket) => {
    announce(socket);
    void socket.join(roomsOf(socket.data.identity));
    options.onJoin(socket);
    socket.on('disconnect', () => options.onLeave(socket));
    // What does not parse is dropped: a client that sends it is not ours.
    socket.on('check-in', (body) => {
      if (clientEvents['check-in'].safeParse(body ?? {}).success) options.onCheckIn(socket);
    });
  });
  return {
    io,
    close: async () => {
      // Not io.close(): the HTTP server has its own end.
      io.engine.close();
      await io.of('/').adapter.close();
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}

/** Each socket is told at once within what time to come back; all of them again when the crowd has doubled. */
function reconnectAnnouncer(io: LiveIo): (socket: LiveSocket) => void {
  let told = 0;
  return (socket) => {
    const withinSeconds = reconnectWithinSeconds(io.engine.clientsCount);
    if (told === 0 || withinSeconds >= 2 * told || withinSeconds < told / 2) {
      told = withinSeconds;
      io.local.emit('reconnect', { withinSeconds });
    } else socket.emit('reconnect', { withinSeconds: told });
  };
}

function roomsOf({ fanId, places, passes }: LiveIdentity): string[] {
  return [
    ...(fanId === null ? [] : [rooms.fan(fanId)]),
    ...places.flatMap(({ saleId, index }) => [rooms.line(saleId), rooms.place(saleId, index)]),
    ...passes.map(({ saleId }) => rooms.shop(saleId)),
  ];
}

function connect(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined); // it reconnects by itself; live events may be lost meanwhile
  dropFailures(redis);
  return redis;
}

/**
 * The adapter drops the promises of what it asks for, and so does ioredis where it subscribes anew: a failure that
 * nobody hears would end the process, such as a link that closes over a question. A subscription that was refused is
 * asked for on a new link, since a link that stands but hears nothing is worse than none.
 */
function dropFailures(redis: Redis): void {
  const anew = () => {
    if (redis.status === 'ready') redis.disconnect(true);
  };
  const drop = () => undefined;
  const failures = { subscribe: anew, psubscribe: anew, unsubscribe: drop, punsubscribe: drop, publish: drop } as const;
  for (const [name, onFailure] of Object.entries(failures) as [keyof typeof failures, () => void][]) {
    const ask = redis[name].bind(redis) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(redis, {
      [name]: (...args: unknown[]) => {
        const answer = ask(...args);
        answer.catch(onFailure);
        return answer;
      },
    });
  }
}
