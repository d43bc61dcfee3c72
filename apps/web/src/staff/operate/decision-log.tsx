// What automatic control would do beside what is done, and the decisions kept so far, each with its reason.
import type { AdmissionView, DecisionEntry } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { formatTime, t } from '../../language/language.ts';

export function Shadow({ view: { shadow } }: { view: AdmissionView }) {
  if (!shadow) return null;
  const { count, reason, callsLastMinute, wouldCallLastMinute } = shadow;
  return (
    <p class="decision">
      <span class="soft">{t('staff.shadow')}</span>
      <b>{t('staff.shadowNow', { count, would: wouldCallLastMinute, made: callsLastMinute })}</b>
      <span>{reason}</span>
    </p>
  );
}

/** Read when it is opened. */
export function DecisionLog({ saleId }: { saleId: string }) {
  const [entries, setEntries] = useState<readonly DecisionEntry[]>([]);
  const read = async (event: { currentTarget: HTMLDetailsElement }) => {
    if (!event.currentTarget.open) return;
    const answer = await staffApi.listDecisions(saleId);
    if (answer.kind === 'ok') setEntries(answer.body.decisions);
  };
  return (
    <details class="card" onToggle={read}>
      <summary>
        <h2>{t('staff.decisions')}</h2>
      </summary>
      {entries.length === 0 && <p class="soft">{t('ops.decisionsNone')}</p>}
      <ol class="decision-log">
        {entries.map(({ at, count, reason, shadow }) => (
          <li key={at}>
            <span class="soft">{formatTime(at)}</span> <b>{t('staff.calledNow', { count })}</b> {reason}
            {shadow && (
              <>
                {' '}
                <span class="soft">
                  {t('staff.shadow')}: {shadow.reason}
                </span>
              </>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
