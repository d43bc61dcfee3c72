// Look-ups that come together are one read: while one is on its way the next gather. Under a rush a read serves hundreds of
// requests; alone it waits for nobody.

export type GatherOptions<Key, Value> = {
  load(keys: readonly Key[]): Promise<ReadonlyMap<Key, Value>>;
  /** Keys of one read at most. */
  readonly keysMax: number;
};

type Waiting<Key, Value> = { readonly key: Key; resolve(value: Value | null): void; reject(error: unknown): void };

/** The value of a key, or null when the read did not find it. */
export function gatherLookUps<Key, Value>({ load, keysMax }: GatherOptions<Key, Value>) {
  const waiting: Waiting<Key, Value>[] = [];
  let isReading = false;

  async function readAll(): Promise<void> {
    isReading = true;
    while (waiting.length > 0) {
      const now = waiting.splice(0, keysMax);
      try {
        const found = await load([...new Set(now.map(({ key }) => key))]);
        for (const { key, resolve } of now) resolve(found.get(key) ?? null);
      } catch (error) {
        for (const { reject } of now) reject(error);
      }
    }
    isReading = false;
  }

  return (key: Key): Promise<Value | null> =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (isReading) return;
      isReading = true;
      // After this turn of the event loop, so that all requests of one read of the sockets are together.
      setImmediate(() => void readAll());
    });
}
