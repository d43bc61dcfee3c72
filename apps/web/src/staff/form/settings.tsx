// The two kinds of setting an operator has: a number with quick steps, nothing done before it is saved; a switch.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';

type NumberProps = {
  label: string;
  value: number;
  /** Factors offered as buttons: half, double. */
  steps: readonly number[];
  /** With the value that stood there when the hand began: it may have become another meanwhile. */
  onSave: (value: number, seen: number) => void;
  /** What a wished value would do, in words: shown before it is saved. */
  effect?: (wished: number) => string;
  /** The key that brings the field into focus. */
  shortcut?: string;
};

export function NumberSetting({ label, value, steps, onSave, effect, shortcut }: NumberProps) {
  const id = useId();
  const [draft, setDraft] = useState(String(value));
  const [editing, setEditing] = useState(false);
  const seen = useRef(value);
  const begin = () => {
    if (!editing) seen.current = value;
    setEditing(true);
  };
  useEffect(() => {
    if (!editing) setDraft(String(value));
  }, [value, editing]);
  const number = Number(draft);
  const valid = draft.trim() !== '' && Number.isFinite(number) && number >= 0;
  const save = (event: Event) => {
    event.preventDefault();
    setEditing(false);
    if (valid) onSave(Math.round(number), seen.current);
  };
  return (
    <form class="number-setting" onSubmit={save}>
      <label for={id}>{label}</label>
      <input
        id={id}
        inputMode="numeric"
        aria-keyshortcuts={shortcut}
        value={draft}
        aria-invalid={!valid}
        onFocus={begin}
        onInput={(event) => setDraft(event.currentTarget.value)}
      />
      <button type="submit" class="button" disabled={!valid || number === value}>
        {t('staff.save')}
      </button>
      {steps.map((factor) => (
        <button
          key={factor}
          type="button"
          class="button"
          onClick={() => {
            begin();
            setDraft(String(Math.max(1, Math.round(number * factor))));
          }}
          disabled={!valid}
        >
          {factor < 1 ? `÷ ${1 / factor}` : `× ${factor}`}
        </button>
      ))}
      {effect && (
        <output class="number-effect" for={id}>
          {valid && number !== value && effect(Math.round(number))}
        </output>
      )}
    </form>
  );
}

export function Switch({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="switch">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}
