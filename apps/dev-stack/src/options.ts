// What the command line of `npm start` may say.
import { parseArgs } from 'node:util';
import { SetupError } from '@onsale/local-services';

export type StackOptions = {
  /** Begin without the data of earlier starts. */
  readonly fresh: boolean;
  /** From the start of the demo's pre-queue to its opening. */
  readonly prequeueSeconds: number;
  /** End when the standard input ends: whoever started the stack is gone. For tests. */
  readonly attached: boolean;
};

export const USAGE = `npm start -- [--fresh] [--prequeue-seconds N]

  --fresh                begin anew: forget all data of earlier starts (keys and the staff login stay)
  --prequeue-seconds N   the demo's sale opens N seconds after it was made (default 60); counts for a new demo only

Environment: PORT (default 3000); REDIS_URL, AMQP_URL and MONGODB_URI name services to use instead of own ones;
ONSALE_MONGO=embedded takes the embedded engine whatever else there is.`;

/** Throws a SetupError for anything unknown. */
export function readOptions(args: readonly string[]): StackOptions {
  const { fresh, attached, 'prequeue-seconds': seconds } = parse(args);
  const prequeueSeconds = Number(seconds);
  if (!Number.isInteger(prequeueSeconds) || prequeueSeconds < 1 || prequeueSeconds > 86_400) {
    throw new SetupError(`--prequeue-seconds takes a whole number from 1 to 86400, not "${seconds}".`);
  }
  return { fresh, prequeueSeconds, attached };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        fresh: { type: 'boolean', default: false },
        attached: { type: 'boolean', default: false },
        'prequeue-seconds': { type: 'string', default: '60' },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
