// A button for what cannot be undone: the first press says what it will do, the second does it. Escape takes it back.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';

type Props = { label: string; sure: string; busy: boolean; onSure: () => void; shortcut?: string };

export function SureButton({ label, sure, busy, onSure, shortcut }: Props) {
  const [asked, setAsked] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  // The focus stays with the question, also when it is taken back: before the next key can come.
  useLayoutEffect(() => {
    if (asked !== wasAsked.current) button.current?.focus();
    wasAsked.current = asked;
  }, [asked]);
  if (!asked) {
    return (
      <button
        key="ask"
        type="button"
        class="button"
        ref={button}
        disabled={busy}
        aria-keyshortcuts={shortcut}
        onClick={() => setAsked(true)}
      >
        {label}
      </button>
    );
  }
  const act = () => {
    setAsked(false);
    onSure();
  };
  const hear = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setAsked(false);
    if (event.repeat) event.preventDefault(); // a key held down from the first press is no second one
  };
  return (
    <span key="sure" class="sure">
      <button type="button" class="button bad" ref={button} disabled={busy} onClick={act} onKeyDown={hear}>
        {sure}
      </button>
      <button type="button" class="button" onClick={() => setAsked(false)}>
        {t('staff.no')}
      </button>
    </span>
  );
}
