// One TCP question and its answer, for asking a server whether it is there.
import { connect } from 'node:net';

export interface TcpQuestion {
  port: number;
  host?: string;
  /** Sent once connected. */
  say: string | Buffer;
  /** True when the bytes received so far are the answer hoped for. */
  isAnswer: (received: Buffer) => boolean;
  /** Default 1,000 ms: a loopback server that is ready answers within a few. */
  limitMs?: number;
}

/** True when the answer came within the limit; false for any other outcome. Never rejects. */
export function answersOnTcp(question: TcpQuestion): Promise<boolean> {
  return new Promise((resolve) => {
    let received = Buffer.alloc(0);
    const socket = connect({ port: question.port, host: question.host ?? '127.0.0.1' });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(question.limitMs ?? 1000, () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('connect', () => socket.write(question.say));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (question.isAnswer(received)) end(true);
    });
  });
}
