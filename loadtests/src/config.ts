// The environment, handed on to the auditor: it knows no variable of its own.
export const inheritedEnv: Readonly<NodeJS.ProcessEnv> = process.env;

/** Where a bench leaves its figures; null where nobody asked for them. */
export const clickConfig = () => ({ resultFile: process.env.ONSALE_BENCH_RESULT ?? null });
