// Requests as fast as a server answers them, over keep-alive connections, with as little work of our own as possible.
import { connect, type Socket } from 'node:net';

export type Load = {
  readonly port: number;
  readonly request: string;
  readonly connections: number;
  readonly seconds: number;
};

const HEADER_END = '\r\n\r\n';

/** Answers per second; throws when one is not of the 2xx. */
export async function loadHttp({ port, request, connections, seconds }: Load): Promise<number> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const end = performance.now() + seconds * 1000;
  const from = performance.now();
  const counts = await Promise.all(sockets.map((socket) => askUntil(socket, request, end)));
  const took = (performance.now() - from) / 1000;
  return counts.reduce((sum, count) => sum + count, 0) / took;
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}

function askUntil(socket: Socket, request: string, end: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    let count = 0;
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('data', (data: string) => {
      text += data;
      const head = text.indexOf(HEADER_END);
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < head + HEADER_END.length + length) return;
      if (!text.startsWith('HTTP/1.1 2')) return reject(new Error(text.slice(0, 400)));
      text = '';
      count++;
      if (performance.now() < end) socket.write(request);
      else {
        socket.destroy();
        resolve(count);
      }
    });
    socket.write(request);
  });
}
