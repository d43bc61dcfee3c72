// Ties something with a life to the test file or `describe` it is declared in.

/**
 * Opens before the first test of the suite and closes after the last. Returns a getter for what was opened; it may be
 * called in tests and hooks only.
 */
export function inSuite<T>(
  what: string,
  life: { open: () => Promise<T>; close: (it: T) => Promise<unknown>; limitMs: number },
): () => T {
  let opened: { it: T } | undefined;
  beforeAll(async () => {
    opened = { it: await life.open() };
  }, life.limitMs);
  afterAll(async () => {
    if (opened) await life.close(opened.it);
    opened = undefined;
  });
  return () => {
    if (!opened)
      throw new Error(`${what} is there in tests and hooks only; declare it at the top of a file or describe`);
    return opened.it;
  };
}
