// Booking requests for one booking API, as many as it takes: each with a key of its own, over keep-alive connections with one
// request on the way on each. What is answered does not matter, only that it is kept busy.
import { Pool } from 'undici';

export type FloodOrder = {
  /** Of the booking API itself, past the gateway. */
  readonly origin: string;
  readonly performanceId: string;
  readonly categoryId: string;
  /** Used in turn, as the fans of a shop are. */
  readonly passes: readonly string[];
  readonly connections: number;
};

export type Flood = { accepted(): number; stop(): Promise<void> };

const ANSWER_LIMIT_MS = 30_000;
const PAUSE_AFTER_FAILURE_MS = 100;

export function flood({ origin, performanceId, categoryId, passes, connections }: FloodOrder): Flood {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const body = JSON.stringify({
    items: [{ categoryId, quantity: 1 }],
    contact: { name: 'Aino Salo', email: 'aino@example.org' },
  });
  let [asked, accepted, stopped] = [0, 0, false];
  const keepAsking = async () => {
    while (!stopped) {
      asked += 1;
      try {
        const answer = await pool.request({
          method: 'POST',
          path: `/api/v1/performances/${performanceId}/bookings`,
          headers: {
            'content-type': 'application/json',
            'idempotency-key': `flood-${process.pid}-${asked}`,
            authorization: `Bearer ${passes[asked % passes.length]}`,
          },
          body,
          headersTimeout: ANSWER_LIMIT_MS,
          bodyTimeout: ANSWER_LIMIT_MS,
        });
        await answer.body.dump();
        if (answer.statusCode === 202) accepted += 1;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, PAUSE_AFTER_FAILURE_MS));
      }
    }
  };
  const loops = Array.from({ length: connections }, keepAsking);
  return {
    accepted: () => accepted,
    async stop() {
      stopped = true;
      await Promise.all(loops);
      await pool.close();
    },
  };
}
