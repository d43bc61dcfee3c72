// A bare client connection: one command document out, one reply document in, nothing added or hidden.
import { connect, type Socket } from 'node:net';
import { serialize } from 'bson';
import type { Doc } from '../values/types.ts';
import { FrameReader, opMsg, parseMessage } from '../wire/messages.ts';

type Waiting = { resolve: (reply: Doc) => void; reject: (error: Error) => void };

export class RawConnection {
  private readonly socket: Socket;
  private readonly reader = new FrameReader();
  private readonly waiting: Waiting[] = [];
  private lastId = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      for (const frame of this.reader.push(chunk)) this.waiting.shift()?.resolve(parseMessage(frame).command);
    });
    const end = (): void => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error('the server closed the connection'));
    };
    socket.on('close', end);
    socket.on('error', end);
  }

  static open({ host, port }: { host: string; port: number }): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => resolve(new RawConnection(socket)));
      socket.once('error', reject);
    });
  }

  /** The reply as it comes, `ok: 0` too; rejects when the server hangs up. */
  run(command: Doc): Promise<Doc> {
    this.lastId += 1;
    const body = serialize(command);
    const head = Buffer.alloc(21);
    head.writeInt32LE(21 + body.length, 0);
    head.writeInt32LE(this.lastId, 4);
    head.writeInt32LE(opMsg, 12);
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.socket.write(Buffer.concat([head, body]));
    });
  }

  close(): void {
    this.socket.destroy();
  }
}
