// A TCP proxy that does to a connection what networks do: delays, narrows, freezes, cuts and flaps it.
//
// States: healthy · delayed and/or throttled (bytes pass late) · frozen (connections stand, nothing passes, none is
// lost) · cut (open connections are destroyed, new ones refused) · flapping (cut and healthy by turns).
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** The same URL with host and port of the proxy. */
  url(of: string): string;
  /** Every byte passes `ms` later, in each direction. */
  delay(ms: number): void;
  /** At most so many bytes per second, connection and direction. */
  throttle(bytesPerSecond: number): void;
  freeze(): void;
  cut(): void;
  /** Cut for `downMs`, healthy for `upMs`, and so on until healed. */
  flap(spans: { downMs: number; upMs: number }): void;
  /** Healthy again; what was held back while frozen passes now. */
  heal(): void;
  /** New connections go there from now on: a service that was started again may have another port. */
  aim(port: number): void;
  /** Open connections through the proxy. */
  connections(): number;
  close(): Promise<void>;
}

interface Faults {
  delayMs: number;
  bytesPerSecond: number;
  frozen: boolean;
  cut: boolean;
}

const HEALTHY: Faults = { delayMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY, frozen: false, cut: false };
/** A throttled direction passes this much at a time, so that it flows instead of arriving in lumps. */
const THROTTLE_SLICE_BYTES = 1024;

export async function tcpProxy(to: { port: number; host?: string }): Promise<TcpProxy> {
  let faults = { ...HEALTHY };
  let farPort = to.port;
  let flapping: NodeJS.Timeout | undefined;
  const pumps = new Set<Pump>();
  const sockets = new Set<Socket>();

  const server = createServer((near) => {
    const far = connect({ port: farPort, host: to.host ?? '127.0.0.1' });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    if (faults.cut) return void near.destroy();
    for (const [from, into] of [[near, far] as const, [far, near] as const]) {
      const pump = new Pump(from, into, () => faults);
      pumps.add(pump);
      from.once('close', () => pumps.delete(pump));
    }
  });
  const port = await listen(server);

  const become = (change: Partial<Faults>) => {
    faults = { ...faults, ...change };
    if (faults.cut) for (const socket of sockets) socket.destroy();
    for (const pump of pumps) pump.run();
  };
  const heal = () => {
    clearTimeout(flapping);
    become(HEALTHY);
  };
  const flap = (spans: { downMs: number; upMs: number }) => {
    clearTimeout(flapping); // two who flap it at once share one rhythm, which one heal ends
    become({ cut: !faults.cut });
    flapping = setTimeout(() => flap(spans), faults.cut ? spans.downMs : spans.upMs);
  };
  return {
    port,
    url: (of) => replaceHost(of, port),
    delay: (delayMs) => become({ delayMs }),
    throttle: (bytesPerSecond) => become({ bytesPerSecond }),
    freeze: () => become({ frozen: true }),
    cut: () => become({ cut: true }),
    flap,
    heal,
    aim: (port) => {
      farPort = port;
    },
    connections: () => pumps.size / 2,
    close: async () => {
      become({ cut: true });
      clearTimeout(flapping);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One direction of one connection. */
class Pump {
  private readonly waiting: { bytes: Buffer; dueMs: number }[] = [];
  private timer: NodeJS.Timeout | undefined;
  private freeAtMs = 0;
  private readonly into: Socket;
  private readonly faults: () => Faults;

  constructor(from: Socket, into: Socket, faults: () => Faults) {
    this.into = into;
    this.faults = faults;
    from.on('data', (bytes) => {
      this.waiting.push({ bytes, dueMs: performance.now() + this.faults().delayMs });
      this.run();
    });
    from.on('end', () => {
      this.waiting.push({ bytes: Buffer.alloc(0), dueMs: performance.now() + this.faults().delayMs });
      this.run();
    });
    from.once('close', () => clearTimeout(this.timer));
  }

  /** Passes on what is due, and comes back when the next piece is. */
  run(): void {
    clearTimeout(this.timer);
    const { frozen, bytesPerSecond } = this.faults();
    while (!frozen && this.waiting[0]) {
      const now = performance.now();
      const first = this.waiting[0];
      const waitMs = Math.max(first.dueMs, this.freeAtMs) - now;
      if (waitMs > 0) {
        this.timer = setTimeout(() => this.run(), waitMs);
        return;
      }
      if (first.bytes.length === 0) {
        this.waiting.shift();
        this.into.end();
        continue;
      }
      const size = Number.isFinite(bytesPerSecond) ? THROTTLE_SLICE_BYTES : first.bytes.length;
      this.into.write(first.bytes.subarray(0, size));
      this.freeAtMs = now + (Math.min(size, first.bytes.length) / bytesPerSecond) * 1000;
      if (first.bytes.length > size) first.bytes = first.bytes.subarray(size);
      else this.waiting.shift();
    }
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address && typeof address === 'object') resolve(address.port);
    });
  });
}

function replaceHost(url: string, port: number): string {
  return url.replace(/^([a-z+]+:\/\/(?:[^@/]*@)?)[^/?]+/, `$1127.0.0.1:${port}`);
}
