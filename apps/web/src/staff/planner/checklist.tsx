// The checklist of a draft: every check with its state in a word and a sign, and what it found.
import type { SaleDraftView } from '@onsale/contracts';
import { t } from '../../language/language.ts';

const SIGNS = { ok: '✓', warning: '!', fault: '✕' } as const;

export function Checklist({ draft: { missing, checklist, state } }: { draft: SaleDraftView }) {
  if (state !== 'draft') return null;
  return (
    <section aria-labelledby="checklist">
      <h2 id="checklist">{t('staff.checklist')}</h2>
      {missing.length > 0 && <p>{t('staff.checklistMissing', { fields: missing.join(', ') })}</p>}
      <ul class="checklist">
        {checklist.map(({ check, title, state: found, findings }) => (
          <li key={check} class={`check-${found}`}>
            <span class="check-sign" aria-hidden="true">
              {SIGNS[found]}
            </span>
            <div>
              <p>
                {title} <span class="soft">{t(`staff.check_${found}`)}</span>
              </p>
              {findings.length > 0 && (
                <ul>
                  {findings.map(({ field, message }) => (
                    <li key={`${field} ${message}`}>
                      <code>{field}</code> {message}
                    </li>
                  ))}
                </ul>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
