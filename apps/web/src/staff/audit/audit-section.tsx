// The audit log: who did what, when, from where, and what it changed; of this sale or of everything, page by page.
import type { AuditEntry, SaleView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { formatDateTime, t } from '../../language/language.ts';
import { ChoiceField } from '../form/fields.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { changesOf } from './change-words.ts';

export function AuditSection({ sale }: { sale: SaleView }) {
  const acting = useAct();
  const [scope, setScope] = useState('sale');
  const [{ entries, next }, setRead] = useState<{ entries: readonly AuditEntry[]; next: string | null }>(NOTHING_READ);
  const read = async (known: readonly AuditEntry[], before: string | null) => {
    const subject = scope === 'sale' ? `sale:${sale.id}` : null;
    const answer = await acting.act(() => staffApi.listAudit({ subject, before }), '');
    if (answer !== undefined) setRead({ entries: [...known, ...answer.body.entries], next: answer.body.next });
  };
  useEffect(() => {
    void read([], null);
  }, [scope, sale.id]);
  return (
    <section class="card" aria-labelledby="audit">
      <h2 id="audit">{t('staff.audit')}</h2>
      <ChoiceField
        label={t('staff.auditOf')}
        value={scope}
        onChange={setScope}
        choices={[
          ['sale', t('staff.auditOfSale')],
          ['all', t('staff.auditOfAll')],
        ]}
      />
      {entries.length === 0 && !acting.busy && <p class="soft">{t('staff.auditNone')}</p>}
      <ol class="rows">
        {entries.map((entry, i) => (
          <li key={i}>
            <Entry {...entry} />
          </li>
        ))}
      </ol>
      {next !== null && (
        <div class="actions">
          <button type="button" class="button" disabled={acting.busy} onClick={() => read(entries, next)}>
            {t('staff.auditMore')}
          </button>
        </div>
      )}
      <Told {...acting} />
    </section>
  );
}

const NOTHING_READ = { entries: [], next: null };

function Entry({ at, email, staffId, address, act, subject, before, after }: AuditEntry) {
  return (
    <div>
      <p>
        <b>{act}</b> <span class="soft">{subject}</span>
      </p>
      <p class="soft">
        {formatDateTime(at)} · {email ?? staffId ?? t('staff.auditNobody')} · {address}
      </p>
      <ul class="audit-changes">
        {changesOf(before, after).map((change) => (
          <li key={change.field}>
            {change.field}:{' '}
            {change.before !== null && (
              <>
                <del>{change.before}</del> →{' '}
              </>
            )}
            <ins>{change.after ?? '–'}</ins>
          </li>
        ))}
      </ul>
    </div>
  );
}
