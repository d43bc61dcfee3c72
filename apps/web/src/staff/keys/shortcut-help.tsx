// Listens to the keys of the console and tells them: a dialog that names those the page has now, and can switch them off.
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { Switch } from '../form/settings.tsx';
import { keyOf, type Shortcut, shortcutOf, shortcuts } from './shortcuts.ts';

const OFF_MARK = 'onsale.shortcuts-off';

export function ShortcutHelp() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isOn, setOn] = useState(() => localStorage.getItem(OFF_MARK) === null);
  const [there, setThere] = useState<readonly Shortcut[]>([]);
  const open = () => {
    setThere(shortcuts.filter(({ key }) => controlOf(key) !== null));
    dialog.current?.showModal();
  };
  useEffect(() => {
    if (!isOn) return;
    const hear = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event, { isWriting: isWriting(event.target) });
      if (shortcut === null || dialog.current?.open) return;
      const control = controlOf(shortcut.key);
      if (control === null) return;
      event.preventDefault();
      control.focus();
      if (shortcut.does === 'press') control.click();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, [isOn]);
  const turn = (on: boolean) => {
    if (on) localStorage.removeItem(OFF_MARK);
    else localStorage.setItem(OFF_MARK, '1');
    setOn(on);
  };
  return (
    <>
      <button type="button" class="link" aria-keyshortcuts={keyOf('help')} onClick={open}>
        {t('ops.keys')}
      </button>
      <dialog class="card keys-dialog" ref={dialog} aria-labelledby="keys-title">
        <h2 id="keys-title">{t('ops.keys')}</h2>
        <dl class="facts">
          {there.map(({ key, name }) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(`ops.key_${name}`)}</dd>
            </div>
          ))}
        </dl>
        <Switch label={t('ops.keysOn')} on={isOn} onChange={turn} />
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {t('ops.close')}
        </button>
      </dialog>
    </>
  );
}

function controlOf(key: string): HTMLElement | null {
  const control = document.querySelector<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  return control === null || control.matches(':disabled') ? null : control;
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('textarea, select, input:not([type="checkbox"]):not([type="radio"])')
  );
}
