// What the admitters publish, as the waiting-room processes hear it: one subscription per process for all sales.
import { type LineDocument, lineDocument } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import type { LineRedis } from './connect-line.ts';
import { LINES_CHANNEL, saleKeys } from './keys.ts';

export type HeardLine = { readonly document: LineDocument; readonly json: string };
export type LineFeed = { close(): Promise<void> };

/** Subscribes, and stays subscribed through reconnects. What does not parse is not ours and is dropped. */
export async function listenToLines(line: LineRedis, hear: (heard: HeardLine) => void): Promise<LineFeed> {
  const subscriber = line.redis.duplicate({ commandTimeout: undefined });
  subscriber.on('error', () => undefined); // it reconnects by itself; GET of the document covers the gap
  subscriber.on('message', (_channel: string, json: string) => {
    const heard = parseLine(json);
    if (heard !== null) hear(heard);
  });
  await subscriber.subscribe(LINES_CHANNEL);
  return { close: async () => subscriber.disconnect() };
}

/** The document as it was last published; null when there is none. */
export async function readLine({ redis }: LineRedis, saleId: SaleId): Promise<HeardLine | null> {
  const json = await redis.get(saleKeys(saleId).line);
  return json === null ? null : parseLine(json);
}

function parseLine(json: string): HeardLine | null {
  try {
    const parsed = lineDocument.safeParse(JSON.parse(json));
    return parsed.success ? { document: parsed.data, json } : null;
  } catch {
    return null;
  }
}
