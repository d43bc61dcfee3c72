// What a look at a file found: defects by what would mend them, what was mended, the hall drawn, and what changes.
import type { PlanImport, PlanReport } from '@onsale/contracts';
import { type SeatingRepair, seatingRepairs } from '@onsale/domain';
import { t } from '../../language/language.ts';
import { HallDrawing } from './hall-drawing.tsx';

type Repairs = PlanImport['repairs'];
type Props = {
  report: PlanReport;
  repairs: Repairs;
  busy: boolean;
  onMend: (repairs: Repairs) => Promise<void>;
  onKeep: () => Promise<void>;
};

export function HallReport({ report, repairs, busy, onMend, onKeep }: Props) {
  const { defects, defectCount, mended, holds, changes } = report;
  const ways = [...new Set(defects.map(({ repair }) => repair))];
  return (
    <div class="hall-report">
      {defectCount > 0 && (
        <section aria-labelledby="hall-defects">
          <h3 id="hall-defects">{t('staff.hallDefects')}</h3>
          {ways.map((repair) => (
            <Defects
              key={repair ?? ''}
              repair={repair}
              defects={defects.filter((one) => one.repair === repair)}
              busy={busy}
              onMend={() => repair !== null && void onMend([...repairs, repair])}
            />
          ))}
          {defectCount > defects.length && (
            <p class="soft">{t('staff.hallDefectsMore', { count: defectCount - defects.length })}</p>
          )}
        </section>
      )}
      {mended.length > 0 && (
        <section aria-labelledby="hall-mended">
          <h3 id="hall-mended">{t('staff.hallMended')}</h3>
          <ul>
            {mended.map(({ repair, times }) => (
              <li key={repair}>{t('staff.hallMendedTimes', { words: seatingRepairs[repair], times })}</li>
            ))}
          </ul>
        </section>
      )}
      {changes !== null && <Changes changes={changes} />}
      {holds !== null && (
        <>
          <HallDrawing name={holds.name} plan={holds.plan} categories={holds.categories} />
          <button type="button" class="button primary" disabled={busy} onClick={() => void onKeep()}>
            {t('staff.hallKeep')}
          </button>
        </>
      )}
    </div>
  );
}

/** So many are read; with more of one kind the first ones show what it is. */
const SHOWN_MAX = 20;

function Defects({
  repair,
  defects,
  busy,
  onMend,
}: {
  repair: SeatingRepair | null;
  defects: PlanReport['defects'];
  busy: boolean;
  onMend: () => void;
}) {
  return (
    <div class="hall-defects">
      <p>
        <b>{repair === null ? t('staff.hallByHand') : seatingRepairs[repair]}</b>{' '}
        {repair !== null && (
          <button
            type="button"
            class="button"
            disabled={busy}
            onClick={onMend}
            aria-label={`${t('staff.hallMend')}: ${seatingRepairs[repair]}`}
          >
            {t('staff.hallMend')}
          </button>
        )}
      </p>
      <ul>
        {defects.slice(0, SHOWN_MAX).map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <code>{path}</code> {message}
          </li>
        ))}
      </ul>
      {defects.length > SHOWN_MAX && (
        <p class="soft">{t('staff.hallDefectsMore', { count: defects.length - SHOWN_MAX })}</p>
      )}
    </div>
  );
}

function Changes({ changes }: { changes: NonNullable<PlanReport['changes']> }) {
  const words = [
    t('staff.hallAdded', { count: changes.added.length }),
    t('staff.hallRemoved', { count: changes.removed.length }),
    t('staff.hallMoved', { count: changes.moved.length }),
    t('staff.hallRecategorised', { count: changes.recategorised.length }),
  ];
  return (
    <p>
      <b>{t('staff.hallChanges')}:</b> {words.join(', ')}
    </p>
  );
}
