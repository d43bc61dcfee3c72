// An act of staff: sent once at a time, its outcome said in words, and what was wrong told field by field.
import type { Problem } from '@onsale/contracts';
import { useRef, useState } from 'preact/hooks';
import type { Answer } from '../../api/request.ts';
import { t } from '../../language/language.ts';

export type Acting = {
  readonly busy: boolean;
  /** What was said of the last act. */
  readonly told: string;
  readonly isBad: boolean;
  /** What the server said of a field, by its path in the body: `items.0.categoryId`, or of all below `items`. */
  problemOf(path: string): string | undefined;
  /** The body of the answer; undefined when the act was refused or did not arrive. Not twice at once. */
  act<Body>(
    ask: () => Promise<Answer<Body>>,
    done?: string | ((body: Body) => string),
  ): Promise<{ readonly body: Body } | undefined>;
};

export function useAct(): Acting {
  const [state, setState] = useState<{ told: string; fields: Problem['fields']; isBad: boolean }>(QUIET);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  return {
    busy,
    told: state.told,
    isBad: state.isBad,
    problemOf: (path) => state.fields?.find(({ field }) => field === path || field.startsWith(`${path}.`))?.message,
    async act(ask, done = t('staff.done')) {
      if (running.current) return undefined;
      running.current = true;
      setBusy(true);
      const answer = await ask();
      running.current = false;
      setBusy(false);
      const isOk = answer.kind === 'ok';
      const fields = answer.kind === 'problem' ? answer.problem.fields : undefined;
      const said = isOk && typeof done === 'function' ? done(answer.body) : (done as string);
      setState({ told: isOk ? said : refusalWords(answer), fields, isBad: !isOk });
      return isOk ? { body: answer.body } : undefined;
    },
  };
}

const QUIET = { told: '', fields: undefined, isBad: false };

/** Said aloud as it changes. */
export function Told({ told, isBad }: Pick<Acting, 'told' | 'isBad'>) {
  return (
    <p class={isBad ? 'problem told' : 'told'} role={isBad ? 'alert' : 'status'}>
      {told}
    </p>
  );
}

export function refusalWords(answer: Exclude<Answer<unknown>, { kind: 'ok' }>): string {
  if (answer.kind === 'unreachable') return t('connection.lost');
  const { code, detail, title, fields = [] } = answer.problem;
  if (code === 'precondition_failed') return t('staff.changedMeanwhile');
  if (fields.length > 0) return fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return detail ?? title;
}
