// What the process can be told, by arguments or environment.
import { parseArgs } from 'node:util';

export type Config = {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string | undefined;
  readonly fresh: boolean;
  /** The journal is replaced by a snapshot beyond this many bytes; undefined leaves it at its default. */
  readonly journalBytesMax: number | undefined;
};

/**
 * `--port` or EMBEDDED_MONGO_PORT (0 takes any free port), `--host` or EMBEDDED_MONGO_HOST, `--data-dir` or
 * EMBEDDED_MONGO_DATA_DIR, `--fresh` to begin with nothing, `--journal-bytes-max`. Throws with all faults at once.
 */
export function readConfig(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Config {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      'data-dir': { type: 'string' },
      fresh: { type: 'boolean' },
      'journal-bytes-max': { type: 'string' },
    },
  });
  const port = Number(values.port ?? env.EMBEDDED_MONGO_PORT ?? 0);
  const faults: string[] = [];
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    faults.push('the port must be a whole number from 0 to 65535');
  const given = values['journal-bytes-max'];
  const journalBytesMax = given === undefined ? undefined : Number(given);
  if (journalBytesMax !== undefined && !(Number.isInteger(journalBytesMax) && journalBytesMax > 0))
    faults.push('journal-bytes-max must be a whole number above 0');
  if (env.NODE_ENV === 'production')
    faults.push('embedded-mongo never runs in production: give a real MongoDB instead');
  if (faults.length > 0) throw new Error(faults.join('; '));
  return {
    port,
    host: values.host ?? env.EMBEDDED_MONGO_HOST ?? '127.0.0.1',
    dataDir: values['data-dir'] ?? env.EMBEDDED_MONGO_DATA_DIR,
    fresh: values.fresh ?? false,
    journalBytesMax,
  };
}

export function refuseProduction(env: NodeJS.ProcessEnv = process.env): void {
  if (env.NODE_ENV === 'production')
    throw new Error('embedded-mongo never runs in production: give a real MongoDB instead');
}
