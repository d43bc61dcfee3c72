// Remembers what was loaded for a short time, and lets callers who come together share one load.

export type Remembered<Key, Value> = (key: Key) => Promise<Value>;

export function remember<Key, Value>(
  load: (key: Key) => PromiseLike<Value>,
  { forMs, max, now }: { readonly forMs: number; readonly max: number; now(): number },
): Remembered<Key, Value> {
  const entries = new Map<Key, { readonly until: number; readonly value: Promise<Value> }>();
  return (key) => {
    const known = entries.get(key);
    if (known !== undefined && now() < known.until) return known.value;
    if (entries.size >= max) entries.clear();
    // Settled once: a mongoose query is a thenable that runs anew for each caller that awaits it.
    const value = Promise.resolve(load(key));
    entries.set(key, { until: now() + forMs, value });
    // A failure is not remembered.
    value.catch(() => entries.delete(key));
    return value;
  };
}
