// A labelled input with its hint and its problem told beside it, to eyes and to screen readers.

type FieldProps = {
  name: string;
  label: string;
  hint?: string;
  problem: string | undefined;
  value: string;
  onInput: (value: string) => void;
  autocomplete: string;
  type?: 'text' | 'email' | 'password';
};

export function Field({ name, label, hint, problem, value, onInput, autocomplete, type = 'text' }: FieldProps) {
  const described = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean).join(' ');
  return (
    <div class={`field ${problem ? 'field-bad' : ''}`}>
      <label for={`field-${name}`}>{label}</label>
      <input
        id={`field-${name}`}
        name={name}
        {...({ type } as { type: 'text' })}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        autocomplete={autocomplete}
        {...(type === 'email' && { inputMode: 'email' as const, autocapitalize: 'none', spellcheck: false })}
        maxLength={254}
        aria-invalid={problem !== undefined}
        {...(described && { 'aria-describedby': described })}
      />
      {hint && (
        <span class="field-hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {problem && (
        <span class="field-problem" id={`${name}-problem`}>
          {problem}
        </span>
      )}
    </div>
  );
}
