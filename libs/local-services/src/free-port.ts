// Free TCP ports of the loopback interface, from below those that systems give to outgoing connections (32768 and up on
// Linux): one of these could take a port between our choosing it and the listening of the process it is for.
import { createServer } from 'node:net';

const FIRST_PORT = 10_240;
/** Each process begins at a block of its own, so that stacks that start in the same moment choose different ports. */
const BLOCK_PORTS = 64;
const BLOCKS = 350; // up to 32,640

const begin = (process.pid % BLOCKS) * BLOCK_PORTS;
let taken = 0;

/**
 * Returns `count` different ports that were free a moment ago; no call of this process names one again before it has gone
 * through all. Another process may still take one before it is used.
 */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let tries = 0; ports.length < count; tries++) {
    if (tries === BLOCKS * BLOCK_PORTS) throw new Error(`the loopback interface has no ${count} free ports`);
    const port = FIRST_PORT + ((begin + taken++) % (BLOCKS * BLOCK_PORTS));
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

/** One free port: the wished one when it is free. */
export async function freePort(wished?: number): Promise<number> {
  if (wished !== undefined && (await isFree(wished))) return wished;
  const [port] = await freePorts(1);
  return port as number;
}

/** Whether it can be listened on at all addresses and at the loopback one: on Linux either can be taken alone. */
async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port));
}

function canListen(port: number, host?: string): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host }, () => server.close(() => resolve(true)));
  });
}
