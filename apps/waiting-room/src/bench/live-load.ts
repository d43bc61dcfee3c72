// Ten thousand clients of a live server in one process: just enough of WebSocket, Engine.IO and Socket.IO to connect, to
// answer pings and to count what is heard. A client library would cost more than the servers that are measured.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { LIVE_PATH } from '@onsale/contracts';

export type LiveLoad = {
  readonly connected: number;
  /** Socket.IO events heard by all clients together. */
  heard(): number;
  /** The network is gone for all of them at once. */
  cut(): void;
  stop(): void;
};

export type LiveClients = {
  readonly port: number;
  readonly count: number;
  authOf(client: number): object;
  /** Given, a client whose connection is lost comes back within the announced time, and is written down here. */
  readonly returns?: Returns;
};

export type Returns = {
  /** What the server announced last. */
  withinSeconds: number;
  /** How long each chose to wait, ms. */
  readonly chosenMs: number[];
  /** When each was back, ms on the clock of performance.now(). */
  readonly at: number[];
  /** Answers to an attempt that were no connection. */
  readonly refused: string[];
};

const AT_ONCE = 100; // handshakes under way
const UPGRADE = `GET ${LIVE_PATH}/?EIO=4&transport=websocket HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n`;
const PONG = frame('3');

export async function openLiveLoad({ port, count, authOf, returns }: LiveClients): Promise<LiveLoad> {
  const sockets: Socket[] = [];
  const heard = { events: 0 };
  const stopped = { now: false };
  let next = 0;
  const work = async () => {
    while (next < count) await openClient({ port, auth: authOf(next++), heard, returns, stopped, sockets });
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    connected: count,
    heard: () => heard.events,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    stop: () => {
      stopped.now = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}

type Client = {
  readonly port: number;
  readonly auth: object;
  readonly heard: { events: number };
  readonly returns: Returns | undefined;
  readonly stopped: { readonly now: boolean };
  /** All that were ever opened. */
  readonly sockets: Socket[];
};

/** Resolves when Socket.IO has said that it is connected. */
function openClient(client: Client): Promise<Socket> {
  const { port, auth, heard, returns } = client;
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () =>
      socket.write(`${UPGRADE}Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`),
    );
    client.sockets.push(socket);
    let rest: Buffer = Buffer.alloc(0);
    let upgraded = false;
    socket.on('error', reject);
    socket.on('close', () => comeBack(client));
    socket.on('data', (data: Buffer) => {
      rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
      if (!upgraded) {
        const end = rest.indexOf('\r\n\r\n');
        if (end === -1) return;
        if (!rest.toString('latin1', 0, 12).endsWith('101')) return reject(new Error(rest.toString('latin1', 0, 200)));
        upgraded = true;
        rest = rest.subarray(end + 4);
        socket.write(frame(`40${JSON.stringify(auth)}`));
      }
      rest = readFrames(rest, (text) => {
        if (text.startsWith('42["reconnect"')) {
          if (returns !== undefined) returns.withinSeconds = Number(/:(\d+)/.exec(text)?.[1]);
        } else if (text.startsWith('42')) heard.events++;
        else if (text === '2') socket.write(PONG);
        else if (text.startsWith('40')) resolve(socket);
        else if (text.startsWith('44')) {
          socket.destroy();
          reject(new Error(text));
        }
      });
    });
  });
}

function comeBack(client: Client): void {
  const { returns, stopped } = client;
  if (returns === undefined || stopped.now) return;
  const chosenMs = Math.random() * returns.withinSeconds * 1000;
  returns.chosenMs.push(chosenMs);
  setTimeout(() => {
    openClient(client).then(
      () => returns.at.push(performance.now()),
      (error: Error) => returns.refused.push(error.message),
    );
  }, chosenMs);
}

/** Hands on each whole text frame; returns what is left. Servers do not mask. */
function readFrames(bytes: Buffer, take: (text: string) => void): Buffer {
  let at = 0;
  while (bytes.length - at >= 2) {
    const short = (bytes[at + 1] as number) & 0x7f;
    const head = short === 126 ? 4 : 2;
    if (bytes.length - at < head) break;
    const length = short === 126 ? bytes.readUInt16BE(at + 2) : short;
    if (bytes.length - at < head + length) break;
    // The first characters tell what it is; the rest of a document need not be read.
    take(bytes.toString('latin1', at + head, at + head + Math.min(length, 64)));
    at += head + length;
  }
  return bytes.subarray(at);
}

/** A masked text frame; a mask of zeros is a mask. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const head = body.length < 126 ? Buffer.from([0x81, 0x80 | body.length]) : Buffer.from([0x81, 0xfe, 0, 0]);
  if (body.length >= 126) head.writeUInt16BE(body.length, 2);
  return Buffer.concat([head, Buffer.alloc(4), body]);
}
