// A hall comes in: pick the file, look at it, mend what can be mended, see it drawn, keep it. Nothing is kept before.
import type { PlanSummary } from '@onsale/contracts';
import { t } from '../../language/language.ts';
import { ChoiceField, FileField, TextField } from '../form/fields.tsx';
import { Told } from '../form/use-act.tsx';
import { HallReport } from './hall-report.tsx';
import { useHallImport } from './use-hall-import.ts';

const ACCEPTED = '.json,.csv,application/json,text/csv';

export function ImportForm({ plans, made }: { plans: readonly PlanSummary[]; made: () => void }) {
  const { acting, unread, wish, change, isPicked, report, repairs, pick, pickFlags, look, keep } = useHallImport(made);
  const submit = (event: Event) => {
    event.preventDefault();
    void look(repairs);
  };
  return (
    <section class="card" aria-labelledby="new-hall">
      <h2 id="new-hall">{t('staff.hallNew')}</h2>
      <form class="fields" onSubmit={submit}>
        <FileField
          accept={ACCEPTED}
          label={t('staff.hallPick')}
          hint={t('staff.hallPickHint')}
          problem={unread}
          onPick={pick}
        />
        <FileField
          accept={ACCEPTED}
          label={t('staff.hallPickFlags')}
          problem={acting.problemOf('flags')}
          onPick={pickFlags}
        />
        <TextField
          label={t('staff.hallName')}
          value={wish.name}
          onChange={(name) => change({ name })}
          problem={acting.problemOf('name')}
        />
        <ChoiceField
          label={t('staff.hallReplaces')}
          value={wish.replaces}
          onChange={(replaces) => change({ replaces })}
          choices={[['', t('staff.hallReplacesNone')], ...newestOf(plans)]}
        />
        <button type="submit" class="button primary" disabled={acting.busy || !isPicked}>
          {t('staff.hallLook')}
        </button>
      </form>
      <Told {...acting} />
      {report !== null && (
        <HallReport report={report} repairs={repairs} busy={acting.busy} onMend={look} onKeep={keep} />
      )}
    </section>
  );
}

const newestOf = (plans: readonly PlanSummary[]) =>
  plans
    .filter(({ replacedBy }) => replacedBy === null)
    .map(({ id, name }) => [id, t('staff.hallReplacesOne', { name })] as const);
