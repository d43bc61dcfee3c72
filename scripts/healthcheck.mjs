// Whether the process of this container is ready: for HEALTHCHECK in an image that has no shell tools.
const LIMIT_MS = 3_000;

fetch(`http://127.0.0.1:${process.env.INTERNAL_PORT ?? 9100}/readyz`, { signal: AbortSignal.timeout(LIMIT_MS) }).then(
  ({ ok }) => process.exit(ok ? 0 : 1),
  () => process.exit(1),
);
