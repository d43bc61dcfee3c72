// The live connection of a fan who is near or inside. Every event may be lost or repeated: pages keep asking the routes,
// only less often, and merge what they hear. The socket library is fetched when first needed.
import type { AvailabilityEvent, BookingEvent, LineDocument, PlaceView } from '@onsale/contracts';

export const LIVE_PATH = '/live';

export type LiveHandlers = {
  readonly line?: (line: LineDocument) => void;
  readonly place?: (place: Omit<PlaceView, 'placeToken'>) => void;
  readonly booking?: (event: BookingEvent) => void;
  readonly availability?: (event: AvailabilityEvent) => void;
  readonly connected?: (connected: boolean) => void;
};

export type LiveConnection = { checkIn(): void; stop(): void };

/** Connects under the page's cookies and the given place token and pass; reconnects by itself at spread-out moments. */
export function connectLive(
  { placeToken, pass }: { readonly placeToken?: string; readonly pass?: string },
  handlers: LiveHandlers,
): LiveConnection {
  let stopped = false;
  let socket: { emit(event: string, body: unknown): void; disconnect(): void } | null = null;
  const open = async () => {
    const { io } = await import('socket.io-client');
    if (stopped) return;
    const live = io({
      path: LIVE_PATH,
      transports: ['websocket'],
      auth: { ...(placeToken && { place: placeToken }), ...(pass && { pass }) },
      reconnectionDelay: 1_000,
      reconnectionDelayMax: 15_000,
      randomizationFactor: 0.7,
    });
    // As the server announces for the size of its crowd: at a random moment of that time, all moments alike.
    live.on('reconnect', ({ withinSeconds }: { withinSeconds: number }) => {
      live.io.reconnectionDelay(withinSeconds * 500);
      live.io.reconnectionDelayMax(withinSeconds * 1_000);
      live.io.randomizationFactor(1);
    });
    live.on('connect', () => handlers.connected?.(true));
    live.on('disconnect', () => handlers.connected?.(false));
    if (handlers.line) live.on('line', handlers.line);
    if (handlers.place) live.on('place', handlers.place);
    if (handlers.booking) live.on('booking', handlers.booking);
    if (handlers.availability) live.on('availability', handlers.availability);
    socket = live;
  };
  open().catch(() => handlers.connected?.(false));
  return {
    checkIn: () => socket?.emit('check-in', {}),
    stop: () => {
      stopped = true;
      socket?.disconnect();
    },
  };
}
