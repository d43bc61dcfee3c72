// One client connection: frames in, commands run one after another, replies out.
import type { Socket } from 'node:net';
import { type Connection, errorReply, runCommand } from '../commands/dispatch.ts';
import type { ServerState } from '../commands/server-state.ts';
import { ServerError } from '../errors.ts';
import { encodeReply, FrameReader, type Incoming, parseMessage } from './messages.ts';

let lastId = 0;

export function serveConnection(server: ServerState, socket: Socket): void {
  lastId += 1;
  const connection: Connection = { id: lastId, appName: null, closed: false };
  const reader = new FrameReader();
  server.counters.connections += 1;
  server.counters.connectionsMade += 1;
  let tail: Promise<void> | null = null;

  // A reset by the client is the end of its connection like any other.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    connection.closed = true;
    server.counters.connections -= 1;
  });
  socket.on('data', (chunk) => {
    let frames: Buffer[];
    try {
      frames = reader.push(chunk);
    } catch {
      socket.destroy();
      return;
    }
    for (const frame of frames) {
      const next: Promise<void> =
        tail === null
          ? serveFrame(server, connection, socket, frame)
          : tail.then(() => serveFrame(server, connection, socket, frame));
      tail = next.then(() => {
        if (tail === next) tail = null;
      });
    }
  });
}

async function serveFrame(server: ServerState, connection: Connection, socket: Socket, frame: Buffer): Promise<void> {
  let incoming: Incoming;
  try {
    incoming = parseMessage(frame);
  } catch {
    socket.destroy();
    return;
  }
  const answer = await runCommand(server, connection, incoming.command);
  if (answer === 'hangUp') {
    socket.destroy();
    return;
  }
  if (!incoming.wantsReply || connection.closed) return;
  socket.write(encode(incoming, answer.reply));
}

let lastReplyId = 0;

function encode(incoming: Incoming, reply: Parameters<typeof encodeReply>[1]): Buffer {
  lastReplyId = (lastReplyId + 1) & 0x7fffffff;
  try {
    return encodeReply(incoming, reply, lastReplyId);
  } catch (error) {
    return encodeReply(
      incoming,
      errorReply(new ServerError(10334, `the reply is too large: ${(error as Error).message}`)),
      lastReplyId,
    );
  }
}
