// Passing a page on: by the system's own sheet where there is one, else by copying its link; where even that is refused the
// link stands there to be copied by hand.
import { useState } from 'preact/hooks';
import { t } from '../language/language.ts';

type Props = { readonly title: string; readonly path: string };

export function ShareButton({ title, path }: Props) {
  const [outcome, setOutcome] = useState<'copied' | 'by_hand' | null>(null);
  const share = async () => {
    const url = new URL(path, location.origin).href;
    setOutcome(await passOn({ title, url }));
  };
  return (
    <div class="share script-only">
      <button type="button" class="button" onClick={share}>
        {t('share.do')}
      </button>
      <p role="status">
        {outcome === 'copied' && t('share.copied')}
        {outcome === 'by_hand' && <code class="share-link">{new URL(path, location.origin).href}</code>}
      </p>
    </div>
  );
}

async function passOn({ title, url }: { title: string; url: string }): Promise<'copied' | 'by_hand' | null> {
  if (typeof navigator.share === 'function') {
    try {
      await navigator.share({ title, url });
      return null;
    } catch (error) {
      // Closed by the fan: nothing more is wanted.
      if (error instanceof DOMException && error.name === 'AbortError') return null;
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    return 'copied';
  } catch {
    return 'by_hand';
  }
}
