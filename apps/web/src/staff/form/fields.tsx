// The fields of staff forms: each a labelled control with its hint, and what the server said of it beside it.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

type Common = { label: string; hint?: string; problem?: string | undefined };

export function TextField(props: Common & Changing<string> & { required?: boolean; maxLength?: number }) {
  const { value, onChange, required = false, maxLength = 120 } = props;
  return (
    <Labelled {...props}>
      {(aria) => (
        <input
          {...aria}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
          required={required}
          maxLength={maxLength}
          autocomplete="off"
        />
      )}
    </Labelled>
  );
}

export function LongTextField(props: Common & Changing<string> & { rows: number }) {
  const { value, onChange, rows } = props;
  return (
    <Labelled {...props}>
      {(aria) => (
        <textarea {...aria} rows={rows} value={value} onInput={(event) => onChange(event.currentTarget.value)} />
      )}
    </Labelled>
  );
}

export function CountField(props: Common & Changing<number> & { least?: number; most: number; shortcut?: string }) {
  const { value, onChange, least = 1, most, shortcut } = props;
  return (
    <Labelled {...props}>
      {(aria) => (
        <input
          {...aria}
          type="number"
          aria-keyshortcuts={shortcut}
          min={least}
          max={most}
          value={value}
          onInput={(event) => onChange(event.currentTarget.valueAsNumber)}
          required
        />
      )}
    </Labelled>
  );
}

/** A day and time in the time zone of whoever sits there; empty for none. */
export function TimeField(props: Common & Changing<string>) {
  const { value, onChange } = props;
  return (
    <Labelled {...props}>
      {(aria) => (
        <input {...aria} type="datetime-local" value={value} onInput={(event) => onChange(event.currentTarget.value)} />
      )}
    </Labelled>
  );
}

export function ChoiceField(props: Common & Changing<string> & { choices: readonly (readonly [string, string])[] }) {
  const { value, onChange, choices } = props;
  return (
    <Labelled {...props}>
      {(aria) => (
        <select {...aria} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
          {choices.map(([key, words]) => (
            <option key={key} value={key}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

/** A file from the disk; null when it was taken back. */
export function FileField(props: Common & { accept: string; onPick: (file: File | null) => Promise<void> }) {
  const { accept, onPick } = props;
  return (
    <Labelled {...props}>
      {(aria) => (
        <input
          {...aria}
          type="file"
          accept={accept}
          onChange={(event) => void onPick(event.currentTarget.files?.[0] ?? null)}
        />
      )}
    </Labelled>
  );
}

type Changing<Value> = { value: Value; onChange: (value: Value) => void };
type Aria = { id: string; 'aria-invalid': boolean; 'aria-describedby'?: string };

function Labelled({
  label,
  hint,
  problem,
  children,
}: {
  label: string;
  hint?: string;
  problem?: string | undefined;
  children: (aria: Aria) => ComponentChildren;
}) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div class={`field ${problem ? 'field-bad' : ''}`}>
      <label for={id}>{label}</label>
      {children({ id, 'aria-invalid': problem !== undefined, ...(described && { 'aria-describedby': described }) })}
      {hint && (
        <span class="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {problem && (
        <span class="field-problem" id={`${id}-problem`}>
          {problem}
        </span>
      )}
    </div>
  );
}
