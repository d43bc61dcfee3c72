// The audit log: who did what, when, from where, and what it changed; of this sale or of everything, page by page.
import type { AuditEntry, SaleView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { formatDateTime, t } from '../../language/language.ts';
import { ChoiceField, TextField, TimeField } from '../form/fields.tsx';
import { toTimestamp } from '../form/times.ts';
import { Told, useAct } from '../form/use-act.tsx';
import { changesOf } from './change-words.ts';

type Wish = { scope: string; act: string; by: string; from: string; until: string };
const ALL: Wish = { scope: 'sale', act: '', by: '', from: '', until: '' };

export function AuditSection({ sale }: { sale: SaleView }) {
  const acting = useAct();
  const [wish, setWish] = useState<Wish>(ALL);
  const [{ entries, next }, setRead] = useState<{ entries: readonly AuditEntry[]; next: string | null }>(NOTHING_READ);
  const read = async (asked: Wish, known: readonly AuditEntry[], before: string | null) => {
    const { scope, act, by, from, until } = asked;
    const answer = await acting.act(
      () =>
        staffApi.listAudit({
          subject: scope === 'sale' ? `sale:${sale.id}` : '',
          act: act.trim(),
          by: by.trim(),
          from: toTimestamp(from) ?? '',
          until: toTimestamp(until) ?? '',
          before: before ?? '',
        }),
      '',
    );
    if (answer !== undefined) setRead({ entries: [...known, ...answer.body.entries], next: answer.body.next });
  };
  const show = (asked: Wish) => {
    setWish(asked);
    void read(asked, [], null);
  };
  useEffect(() => show(ALL), [sale.id]);
  return (
    <section class="card" aria-labelledby="audit">
      <h2 id="audit">{t('staff.audit')}</h2>
      <Filter wish={wish} change={setWish} show={show} problemOf={acting.problemOf} />
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
          <button type="button" class="button" disabled={acting.busy} onClick={() => read(wish, entries, next)}>
            {t('staff.auditMore')}
          </button>
        </div>
      )}
      <Told {...acting} />
    </section>
  );
}

type FilterProps = {
  wish: Wish;
  change: (wish: Wish) => void;
  show: (wish: Wish) => void;
  problemOf: (path: string) => string | undefined;
};

function Filter({ wish, change, show, problemOf }: FilterProps) {
  const set = (part: Partial<Wish>) => change({ ...wish, ...part });
  const send = (event: Event) => {
    event.preventDefault();
    show(wish);
  };
  return (
    <form class="audit-filter" onSubmit={send}>
      <ChoiceField
        label={t('staff.auditOf')}
        value={wish.scope}
        onChange={(scope) => show({ ...wish, scope })}
        choices={[
          ['sale', t('staff.auditOfSale')],
          ['all', t('staff.auditOfAll')],
        ]}
      />
      <TextField
        label={t('staff.auditAct')}
        hint={t('staff.auditActHint')}
        value={wish.act}
        onChange={(act) => set({ act })}
      />
      <TextField
        label={t('staff.auditBy')}
        problem={problemOf('query.by')}
        value={wish.by}
        onChange={(by) => set({ by })}
        maxLength={254}
      />
      <TimeField label={t('staff.auditFrom')} value={wish.from} onChange={(from) => set({ from })} />
      <TimeField label={t('staff.auditUntil')} value={wish.until} onChange={(until) => set({ until })} />
      <div class="actions">
        <button type="submit" class="button primary">
          {t('staff.auditFind')}
        </button>
        <button type="button" class="button" onClick={() => show({ ...ALL, scope: wish.scope })}>
          {t('staff.auditClear')}
        </button>
      </div>
    </form>
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
