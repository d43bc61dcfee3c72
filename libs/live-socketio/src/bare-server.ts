// The least a Socket.IO server can be, for benchmarks to hold ours against: no rooms, no adapter, nobody is asked anything.
import type { Server as HttpServer } from 'node:http';
import { LIVE_PATH } from '@onsale/contracts';
import { Server } from 'socket.io';

export type BareServer = { toAll(event: string, body: unknown): void };

export function bareServer(http: HttpServer): BareServer {
  const io = new Server(http, {
    path: LIVE_PATH,
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
  });
  return { toAll: (event, body) => void io.emit(event, body) };
}
