// One request, one key: sending the same body again after a lost answer or a reload bears the same key, so it cannot
// book twice; another body gets another key.

const KEY = 'onsale.request';

export function idempotencyKeyFor(body: unknown): string {
  const text = JSON.stringify(body);
  try {
    const known = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as { text: string; key: string } | null;
    if (known?.text === text) return known.key;
    const key = crypto.randomUUID();
    sessionStorage.setItem(KEY, JSON.stringify({ text, key }));
    return key;
  } catch {
    return crypto.randomUUID(); // storage is off: only a reload in mid-request could ask twice, and limits hold then
  }
}

/** The request was answered: the next one is another, even with the same body. */
export function forgetRequest(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
