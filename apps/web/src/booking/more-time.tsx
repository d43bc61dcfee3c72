// Shortly before a hold ends its fan is warned and can have more time with one key: the button has the focus by itself,
// unless the fan is writing (WCAG 2.2.1).
import type { BookingView } from '@onsale/contracts';
import { useEffect, useRef, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { useTimeLeft } from '../clock/use-now.ts';
import { formatSpan, t } from '../language/language.ts';

/** Three times the 20 seconds that must be there to answer. */
const WARN_MS = 60_000;

export function MoreTime({ booking, again }: { booking: BookingView; again: () => void }) {
  const left = useTimeLeft(booking.holdExpiresAt);
  const [asked, setAsked] = useState<'no' | 'asking' | 'failed' | { until: string | null }>('no');
  const button = useRef<HTMLButtonElement>(null);
  const isShown = booking.mayExtend && left !== null && left > 0 && left <= WARN_MS;
  useEffect(() => {
    if (isShown && !isWriting()) button.current?.focus({ preventScroll: true });
  }, [isShown]);
  const ask = async () => {
    setAsked('asking');
    const answer = await fanApi.extendHold(booking.id);
    setAsked(answer.kind === 'ok' ? { until: booking.holdExpiresAt } : 'failed');
    again();
  };
  const isGiven = typeof asked === 'object' && asked.until !== booking.holdExpiresAt && left !== null;
  return (
    <>
      <p class="sr-only" role="status">
        {isGiven && t('hold.moreGiven', { span: formatSpan(Math.ceil(left / 1000)) })}
      </p>
      {isShown && (
        <section class="more-time" aria-labelledby="more-time-words">
          <p id="more-time-words" role="alert">
            <b>{t('hold.soonOver')}</b>
          </p>
          <button
            type="button"
            class="button primary"
            aria-describedby="more-time-words more-time-once"
            ref={button}
            disabled={asked === 'asking' || typeof asked === 'object'}
            onClick={ask}
          >
            {t('hold.more')}
          </button>
          <p class="fine" id="more-time-once">
            {t(asked === 'failed' ? 'page.failed' : 'hold.moreOnce')}
          </p>
        </section>
      )}
    </>
  );
}

function isWriting(): boolean {
  return document.activeElement?.matches('input, textarea, select') ?? false;
}
