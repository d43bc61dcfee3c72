// A field that takes a file from the disk.
import { useId } from 'preact/hooks';

type Props = {
  label: string;
  hint?: string;
  problem: string | undefined;
  onPick: (file: File | null) => Promise<void>;
};

export function FileField({ label, hint, problem, onPick }: Props) {
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div class={`field ${problem ? 'field-bad' : ''}`}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="file"
        accept=".json,.csv,application/json,text/csv"
        aria-invalid={problem !== undefined}
        {...(described && { 'aria-describedby': described })}
        onChange={(event) => void onPick(event.currentTarget.files?.[0] ?? null)}
      />
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
