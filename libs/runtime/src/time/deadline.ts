// A wait with a limit.

export class DeadlineError extends Error {
  constructor(what: string, limitMs: number) {
    super(`${what} took longer than ${limitMs} ms`);
    this.name = 'DeadlineError';
  }
}

/** The promise's result, or DeadlineError after `limitMs`. The work itself goes on; its late failure is swallowed. */
export async function withDeadline<Result>(
  work: Promise<Result>,
  { what, limitMs }: { readonly what: string; readonly limitMs: number },
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(what, limitMs)), limitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
