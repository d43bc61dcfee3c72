// Commands that nobody could decide: what they are, why they were given up, and sending them back once the cause is mended.
import type { DeadLetterView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { formatDateTime, t } from '../../language/language.ts';
import { SureButton } from '../form/sure-button.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';

const REPLAY_MAX = 200;

/** Read anew whenever their number changes: looking at them takes them off the queue for a moment. */
export function DeadLetters({ count }: { count: number }) {
  const session = useSession();
  const acting = useAct();
  const [letters, setLetters] = useState<readonly DeadLetterView[]>([]);
  useEffect(() => {
    if (count === 0) return setLetters([]);
    void staffApi.listDeadLetters().then((answer) => answer.kind === 'ok' && setLetters(answer.body.letters));
  }, [count]);
  const sendBack = async () => {
    const answer = await acting.act(() => staffApi.replayDeadLetters(session, Math.min(count, REPLAY_MAX)), '');
    if (answer !== undefined) setLetters(letters.slice(answer.body.replayed));
  };
  return (
    <section class="card" aria-labelledby="letters">
      <h2 id="letters">{t('ops.letters')}</h2>
      {count === 0 && <p class="soft">{t('ops.lettersNone')}</p>}
      <ul class="rows">
        {letters.map((letter, i) => (
          <li key={`${letter.messageId}-${i}`}>
            <Letter {...letter} />
          </li>
        ))}
      </ul>
      {count > 0 && (
        <div class="actions">
          <SureButton
            label={t('ops.lettersBack', { count: Math.min(count, REPLAY_MAX) })}
            sure={t('ops.lettersBackSure')}
            busy={acting.busy}
            onSure={() => void sendBack()}
          />
        </div>
      )}
      <Told {...acting} />
    </section>
  );
}

function Letter({ messageId, reason, origin, type, bookingId, performanceId, acceptedAt }: DeadLetterView) {
  return (
    <div>
      <p>
        <b>{type ?? t('ops.letterUnread')}</b> {reason ?? t('ops.letterTooOften')}
      </p>
      <p class="soft">
        {[
          acceptedAt !== null && !Number.isNaN(Date.parse(acceptedAt)) && formatDateTime(acceptedAt),
          bookingId !== null && t('ops.letterBooking', { id: bookingId }),
          performanceId !== null && t('ops.letterPerformance', { id: performanceId }),
          origin !== null && t('ops.letterOrigin', { origin }),
          messageId,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}
