// The life of the stack as a whole: running → ending → ended. What was started is ended in reverse order, once, on a
// signal or when a part is lost for good. A second signal forces the end.
import { forceRecorded, releaseRunFolder } from '@onsale/local-services';
import { tell, tellFault } from './tell.ts';

export type StackLife = {
  /** Adds what must be done at the end; the last added is done first. */
  atEnd(undo: () => Promise<unknown>): void;
  /** Ends everything and the process: exit code 1 and the fault told when there is one, else 0. */
  end(fault?: unknown): Promise<void>;
  isEnding(): boolean;
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** As shells have it: 128 + number of SIGINT. */
const FORCED_EXIT_CODE = 130;

/** `recordDir` is the folder of process records; it is given back at the end. */
export function stackLife(recordDir: string): StackLife {
  const undos: (() => Promise<unknown>)[] = [];
  let ending: Promise<void> | undefined;

  const runUndos = async () => {
    for (const undo of undos.reverse()) await undo().catch(tellFault);
    releaseRunFolder(recordDir);
  };
  const end = (fault?: unknown): Promise<void> => {
    if (ending) return ending;
    if (fault !== undefined) tellFault(fault);
    const anything = undos.length > 0;
    if (anything) tell('\nStopping what was started here (Ctrl-C again forces it) …');
    ending = runUndos().then(() => {
      if (anything) tell('Stopped.');
      process.exit(fault === undefined ? 0 : 1);
    });
    return ending;
  };
  const onSignal = () => {
    if (!ending) return void end();
    forceRecorded(recordDir);
    process.exit(FORCED_EXIT_CODE);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return { atEnd: (undo) => void undos.push(undo), end, isEnding: () => ending !== undefined };
}
