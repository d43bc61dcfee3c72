// The one origin of a local stack: sends each path to the app that answers it, everything else to the pages. In
// production an ingress does this from the same table.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { SetupError } from '@onsale/local-services';
import { forward, forwardUpgrade } from './forward.ts';
import { type PickCopy, pickCopies } from './pick-copy.ts';
import { type RouteTable, routeTable } from './route-table.ts';
import type { StaticFiles } from './static-files.ts';

export type GatewayOptions = {
  readonly host: string;
  readonly port: number;
  /** Ports of the copies of each app; an app that is not there is answered for with 503. */
  readonly appPorts: Readonly<Record<string, readonly number[]>>;
  readonly pages: StaticFiles;
  /** State of every part, for `GET /healthz`. */
  readonly health: () => Promise<Readonly<Record<string, boolean>>>;
};

export type Gateway = {
  readonly port: number;
  /** What a readiness probe saw: a copy that is not ready gets nothing while another is. */
  noteReady(appPort: number, ready: boolean): void;
  close(): Promise<void>;
};

const PAGE_SERVER = 'web';
/** These speak of one process and live on its internal port only. */
const INTERNAL_PATHS = new Set(['/metrics', '/readyz']);

/** Listens at once. Throws a SetupError when the port is taken. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const table = routeTable();
  const { targetsOf, noteReady } = pickCopies(options.appPorts);
  const server = createServer((incoming, outgoing) => answer({ incoming, outgoing, table, targetsOf, options }));
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (incoming, socket: Socket, head) => {
    const app = table.appFor(pathOf(incoming));
    const [port] = app === undefined ? [] : targetsOf(app);
    if (app === undefined || port === undefined) return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    forwardUpgrade({ incoming, near: socket, head, port });
  });
  const port = await listen(server, options);
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { port, noteReady, close };
}

type Exchange = {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  table: RouteTable;
  targetsOf: PickCopy['targetsOf'];
  options: GatewayOptions;
};

function answer({ incoming, outgoing, table, targetsOf, options }: Exchange): void {
  const path = pathOf(incoming);
  const app = table.appFor(path);
  if (path === '/healthz') void answerHealth(outgoing, options);
  else if (INTERNAL_PATHS.has(path)) outgoing.writeHead(404).end();
  else if (app === undefined) answerPage({ incoming, outgoing, targetsOf, options }, path);
  else forward(incoming, outgoing, { app, ports: targetsOf(app) });
}

/** A page is drawn by the page server; when that is away, the built page draws itself, as a web server would see to. */
function answerPage({ incoming, outgoing, targetsOf, options }: Omit<Exchange, 'table'>, path: string): void {
  const ports = targetsOf(PAGE_SERVER);
  const built = () => options.pages.answer(incoming, outgoing, path);
  if (ports.length === 0 || options.pages.has(path)) built();
  else forward(incoming, outgoing, { app: PAGE_SERVER, ports, whenAway: built });
}

async function answerHealth(outgoing: ServerResponse, options: GatewayOptions): Promise<void> {
  const parts = await options.health();
  const well = Object.values(parts).every(Boolean);
  outgoing.writeHead(well ? 200 : 503, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  outgoing.end(JSON.stringify({ status: well ? 'ready' : 'not_ready', parts }));
}

function pathOf(incoming: IncomingMessage): string {
  const url = incoming.url ?? '/';
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

function listen(server: Server, { host, port }: GatewayOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} is in use: end what uses it, or choose another with "PORT=${port + 1} npm start".`;
      const denied = `Port ${port} may not be used by you: choose another with "PORT=3000 npm start".`;
      reject(
        error.code === 'EADDRINUSE' ? new SetupError(taken) : error.code === 'EACCES' ? new SetupError(denied) : error,
      );
    });
    server.listen({ host, port }, () => {
      const address = server.address();
      resolve(address && typeof address === 'object' ? address.port : port);
    });
  });
}
