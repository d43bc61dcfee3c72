// Requests as fast as a server answers them, over keep-alive connections, with as little work of our own as possible: on
// a small machine every microsecond spent here is taken from the server that is measured.
import { connect, type Socket } from 'node:net';

export type Load = {
  readonly port: number;
  readonly request: string;
  readonly connections: number;
  readonly seconds: number;
};

export type LoadResult = { readonly answers: number; readonly perSecond: number };

const HEADER_END = Buffer.from('\r\n\r\n');
const OK = Buffer.from('HTTP/1.1 2');

/** Throws when an answer is not of the 2xx. */
export async function loadHttp({ port, request, connections, seconds }: Load): Promise<LoadResult> {
  const bytes = Buffer.from(request);
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const from = performance.now();
  const until = { passed: false };
  setTimeout(() => {
    until.passed = true;
  }, seconds * 1000);
  const counts = await Promise.all(sockets.map((socket) => askUntil(socket, bytes, until)));
  const answers = counts.reduce((sum, count) => sum + count, 0);
  return { answers, perSecond: answers / ((performance.now() - from) / 1000) };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function askUntil(socket: Socket, request: Buffer, until: { readonly passed: boolean }): Promise<number> {
  return new Promise((resolve, reject) => {
    let rest: Buffer | null = null;
    let count = 0;
    socket.on('error', reject);
    socket.on('data', (data: Buffer) => {
      const answer: Buffer = rest === null ? data : Buffer.concat([rest, data]);
      const end = endOf(answer);
      if (end === -1 || answer.length < end) {
        rest = answer;
        return;
      }
      if (!answer.subarray(0, OK.length).equals(OK)) return reject(new Error(answer.toString('latin1', 0, 400)));
      rest = null;
      count++;
      if (!until.passed) socket.write(request);
      else {
        socket.destroy();
        resolve(count);
      }
    });
    socket.write(request);
  });
}

/** Where the first answer ends, by its Content-Length; -1 while its head is not whole. */
function endOf(answer: Buffer): number {
  const head = answer.indexOf(HEADER_END);
  if (head === -1) return -1;
  const length = /content-length: (\d+)/i.exec(answer.toString('latin1', 0, head))?.[1];
  return head + HEADER_END.length + Number(length ?? 0);
}
