// The fan's choice of language: offered at the foot of every page, kept in this browser.
import { useState } from 'preact/hooks';
import { currentLanguage, firstKnown, type Language, languages, t, takeLanguage } from './language.ts';

const KEY = 'onsale.language';

/** The language to begin with: the one chosen before, else the browser's. English stays when it cannot be fetched. */
export async function startLanguage(): Promise<void> {
  const language = firstKnown([kept() ?? '', ...navigator.languages]);
  if (language !== 'en') await takeLanguage(language).catch(() => undefined);
}

/** `changed` runs when the new language is there, so that the page can be drawn in it. */
export function LanguageChoice({ changed }: { changed: () => void }) {
  const [busy, setBusy] = useState(false);
  const choose = async (language: Language) => {
    setBusy(true);
    try {
      await takeLanguage(language);
      keep(language);
      changed();
    } finally {
      setBusy(false);
    }
  };
  return (
    <label class="language">
      <span class="sr-only">{t('page.language')}</span>
      <select
        value={currentLanguage()}
        disabled={busy}
        onChange={(event) => void choose(event.currentTarget.value as Language)}
      >
        {Object.entries(languages).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is off: the browser's language decides
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage is off: the choice lasts until the page is left.
  }
}
