// The two kinds of setting an operator has: a number with quick steps, nothing done before it is saved; a switch.
import { useEffect, useId, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';

type NumberProps = {
  label: string;
  value: number;
  /** Factors offered as buttons: half, double. */
  steps: readonly number[];
  onSave: (value: number) => void;
  /** What a wished value would do, in words: shown before it is saved. */
  effect?: (wished: number) => string;
};

export function NumberSetting({ label, value, steps, onSave, effect }: NumberProps) {
  const id = useId();
  const [draft, setDraft] = useState(String(value));
  const [editing, setEditing] = useState(false);
  useEffect(() => {
    if (!editing) setDraft(String(value));
  }, [value, editing]);
  const number = Number(draft);
  const valid = draft.trim() !== '' && Number.isFinite(number) && number >= 0;
  const save = (event: Event) => {
    event.preventDefault();
    setEditing(false);
    if (valid) onSave(Math.round(number));
  };
  return (
    <form class="number-setting" onSubmit={save}>
      <label for={id}>{label}</label>
      <input
        id={id}
        inputMode="numeric"
        value={draft}
        aria-invalid={!valid}
        onFocus={() => setEditing(true)}
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
            setEditing(true);
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
