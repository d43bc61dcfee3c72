// What the admitters publish, as the waiting-room processes hear it: one subscription per process for all sales.
import { type LineDocument, lineDocument, saleId } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { LineRedis } from './connect-line.ts';
import { LINES_CHANNEL, MOVES_CHANNEL, RECALLS_CHANNEL, saleKeys } from './keys.ts';

export type HeardLine = { readonly document: LineDocument; readonly json: string };
export type LineFeed = { close(): Promise<void> };

const recalls = z.object({ saleId, numbers: z.array(z.coerce.number().int().min(1)) });
/** Fans called out of the order of `served`, because they were away when it passed them. */
export type HeardRecall = z.infer<typeof recalls>;

const move = z.object({ saleId, index: z.int().min(0), version: z.int().min(1) });
/** A place that is on another device now. */
export type HeardMove = z.infer<typeof move>;

export type LineListener = {
  line(heard: HeardLine): void;
  recall(heard: HeardRecall): void;
  move(heard: HeardMove): void;
};

/**
 * Subscribes, and stays subscribed through reconnects; rejects when the first subscription fails. What does not parse is
 * not ours and is dropped.
 */
export async function listenToLines(line: LineRedis, listener: LineListener): Promise<LineFeed> {
  // Not ioredis's own subscribing anew: it drops the promise, and the failure that nobody hears would end the process.
  const subscriber = line.redis.duplicate({ commandTimeout: undefined, autoResubscribe: false });
  subscriber.on('error', () => undefined); // it reconnects by itself; GET of the document covers the gap
  subscriber.on('message', (channel: string, json: string) => {
    if (channel === RECALLS_CHANNEL) {
      const heard = recalls.safeParse(parseJson(json));
      if (heard.success) listener.recall(heard.data);
      return;
    }
    if (channel === MOVES_CHANNEL) {
      const heard = move.safeParse(parseJson(json));
      if (heard.success) listener.move(heard.data);
      return;
    }
    const heard = parseLine(json);
    if (heard !== null) listener.line(heard);
  });
  await subscribe(subscriber).catch((error: unknown) => {
    subscriber.disconnect();
    throw error;
  });
  subscriber.on('ready', () => {
    subscribe(subscriber).catch(() => {
      // A link that stands but hears nothing is worse than none. What is not ready is on its way to a new link already.
      if (subscriber.status === 'ready') subscriber.disconnect(true);
    });
  });
  return { close: async () => subscriber.disconnect() };
}

const subscribe = (subscriber: Redis) => subscriber.subscribe(LINES_CHANNEL, RECALLS_CHANNEL, MOVES_CHANNEL);

/** The document as it was last published; null when there is none. */
export async function readLine({ redis }: LineRedis, sale: SaleId): Promise<HeardLine | null> {
  const json = await redis.get(saleKeys(sale).line);
  return json === null ? null : parseLine(json);
}

function parseLine(json: string): HeardLine | null {
  const parsed = lineDocument.safeParse(parseJson(json));
  return parsed.success ? { document: parsed.data, json } : null;
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
