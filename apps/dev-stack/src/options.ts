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
  /** Processes of each app: with more than one, a stack stays up while any of them is away. */
  readonly copies: number;
  /** What listens on the origin: our own small gateway, or nginx with the configuration of a real installation. */
  readonly front: 'own' | 'nginx';
  /** End when the standard input ends: whoever started the stack is gone. For tests. */
  readonly attached: boolean;
};

export const USAGE = `npm start -- [--fresh] [--scheduled-seconds N] [--prequeue-seconds N] [--copies N] [--front nginx]

  --fresh                begin anew: forget all data of earlier starts (keys and the staff login stay)
  --scheduled-seconds N  the demo's pre-queue opens N seconds after it was made (default 0)
  --prequeue-seconds N   its sale opens N seconds after its pre-queue (default 60); both count for a new demo only
  --copies N             processes of each app (default 1, at most 4)
  --front nginx          nginx on the origin, as in a real installation (config/nginx), instead of our own gateway

Environment: PORT (default 3000); REDIS_URL, AMQP_URL and MONGODB_URI name services to use instead of own ones;
ONSALE_MONGO=embedded takes the embedded engine whatever else there is.`;

/** Throws a SetupError for anything unknown. */
export function readOptions(args: readonly string[]): StackOptions {
  const values = parse(args);
  const { fresh, attached } = values;
  const scheduledSeconds = wholeNumber(values, { name: 'scheduled-seconds', least: 0, most: 86_400 });
  const prequeueSeconds = wholeNumber(values, { name: 'prequeue-seconds', least: 1, most: 86_400 });
  const copies = wholeNumber(values, { name: 'copies', least: 1, most: 4 });
  return { fresh, scheduledSeconds, prequeueSeconds, copies, front: frontOf(values), attached };
}

type NumberOption = {
  readonly name: 'scheduled-seconds' | 'prequeue-seconds' | 'copies';
  readonly least: number;
  readonly most: number;
};

function wholeNumber(values: ReturnType<typeof parse>, { name, least, most }: NumberOption): number {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new SetupError(`--${name} takes a whole number from ${least} to ${most}, not "${values[name]}".`);
}

function frontOf({ front }: ReturnType<typeof parse>): StackOptions['front'] {
  if (front === 'own' || front === 'nginx') return front;
  throw new SetupError(`--front takes "nginx" or "own", not "${front}".`);
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
        copies: { type: 'string', default: '1' },
        front: { type: 'string', default: 'own' },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}
