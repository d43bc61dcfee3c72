// The fan's choice of language: offered at the foot of every page and kept in a cookie, which the page server reads too.
// Without JavaScript it is a form with a button.
import { useState } from 'preact/hooks';
import { currentAddress } from '../routing/location.ts';
import { currentLanguage, firstKnown, type Language, languages, t, takeLanguage } from './language.ts';
import { LANGUAGE_COOKIE } from './language-cookie.ts';

const YEAR_SECONDS = 365 * 24 * 3600;

/** The language to begin with: the one chosen before, else the browser's. English stays when it cannot be fetched. */
export async function startLanguage(): Promise<void> {
  await takeLanguage(firstKnown([chosenBefore() ?? '', ...navigator.languages])).catch(() => undefined);
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
    <form class="language" method="post" action="/language">
      <input type="hidden" name="back" value={currentAddress().path} />
      <label>
        <span class="sr-only">{t('page.language')}</span>
        <select
          name="language"
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
      <button type="submit" class="button plain-only">
        {t('page.change')}
      </button>
    </form>
  );
}

function chosenBefore(): string | undefined {
  return document.cookie
    .split('; ')
    .find((part) => part.startsWith(`${LANGUAGE_COOKIE}=`))
    ?.slice(LANGUAGE_COOKIE.length + 1);
}

function keep(language: Language): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we serve
  document.cookie = `${LANGUAGE_COOKIE}=${language}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
}
