// What the command line of `npm start` may say.
import { parseArgs } from 'node:util';
import { SetupError } from '@onsale/local-services';

export type StackOptions = {
  /** Begin without the data of earlier starts. */
  readonly fresh: boolean;
  /** From the making of the demo to the start of its pre-queue. */
  readonly scheduledSeconds: number;
  /** From the start of the demo's pre-queue to its opening. */
  readonly prequeueSeconds: number;
  /** End when the standard input ends: whoever started the stack is gone. For tests. */
  readonly attached: boolean;
};

export const USAGE = `npm start -- [--fresh] [--scheduled-seconds N] [--prequeue-seconds N]

  --fresh                begin anew: forget all data of earlier starts (keys and the staff login stay)
  --scheduled-seconds N  the demo's pre-queue opens N seconds after it was made (default 0)
  --prequeue-seconds N   its sale opens N seconds after its pre-queue (default 60); both count for a new demo only

Environment: PORT (default 3000); REDIS_URL, AMQP_URL and MONGODB_URI name services to use instead of own ones;
ONSALE_MONGO=embedded takes the embedded engine whatever else there is.`;

/** Throws a SetupError for anything unknown. */
export function readOptions(args: readonly string[]): StackOptions {
  const values = parse(args);
  const { fresh, attached } = values;
  const scheduledSeconds = wholeSeconds(values, { name: 'scheduled-seconds', least: 0 });
  const prequeueSeconds = wholeSeconds(values, { name: 'prequeue-seconds', least: 1 });
  return { fresh, scheduledSeconds, prequeueSeconds, attached };
}

type SecondsOption = { readonly name: 'scheduled-seconds' | 'prequeue-seconds'; readonly least: number };

function wholeSeconds(values: ReturnType<typeof parse>, { name, least }: SecondsOption): number {
  const seconds = Number(values[name]);
  if (Number.isInteger(seconds) && seconds >= least && seconds <= 86_400) return seconds;
  throw new SetupError(`--${name} takes a whole number from ${least} to 86400, not "${values[name]}".`);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        fresh: { type: 'boolean', default: false },
        attached: { type: 'boolean', default: false },
        'scheduled-seconds': { type: 'string', default: '0' },
        'prequeue-seconds': { type: 'string', default: '60' },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
