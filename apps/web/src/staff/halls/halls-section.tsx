// The halls of the house: what there is, in which version and who seats by it; and how a new one comes in.
import type { PlanSummary } from '@onsale/contracts';
import { planningApi, planningPaths } from '../../api/planning-api.ts';
import { pathOf } from '../../api/request.ts';
import { t } from '../../language/language.ts';
import { Loading, UnreachablePage } from '../../ui/page.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useSession } from '../staff-session.ts';
import { ImportForm } from './import-form.tsx';

export function HallsSection() {
  const session = useSession();
  const { asked, again } = useAnswer('halls', planningApi.listPlans);
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind !== 'ok') return <UnreachablePage retry={again} />;
  const { plans } = asked.body;
  return (
    <div class="console-part">
      <section aria-labelledby="halls">
        <h2 id="halls">{t('staff.halls')}</h2>
        {plans.length === 0 ? (
          <p class="lead">{t('staff.hallsNone')}</p>
        ) : (
          <ul class="rows">
            {plans.map((plan) => (
              <Hall key={plan.id} plan={plan} />
            ))}
          </ul>
        )}
      </section>
      {session.mayUse('importPlan') && <ImportForm plans={plans} made={again} />}
    </div>
  );
}

const FILES = [
  ['json', 'staff.hallFile'],
  ['csv', 'staff.hallTable'],
  ['flags', 'staff.hallFlags'],
] as const;

function Hall({ plan: { id, name, version, replacedBy, seats, categories, performances } }: { plan: PlanSummary }) {
  const held = categories.map((one) => t('staff.hallCategory', { name: one.name, seats: one.seats })).join(' · ');
  const path = pathOf(planningPaths.exportPlan[1], { planId: id });
  return (
    <li aria-label={`${name}, ${t('staff.hallVersion', { version })}`}>
      <div>
        <h3>{name}</h3>
        <p class="soft">
          {t('staff.hallVersion', { version })}
          {replacedBy !== null && ` · ${t('staff.hallReplaced')}`}
        </p>
      </div>
      <p>
        {t('staff.hallHolds', { seats, categories: held })}
        <br />
        <span class="soft">{t('staff.hallUsed', { count: performances })}</span>
      </p>
      <p class="hall-files">
        {FILES.map(([format, words]) => (
          <a
            key={format}
            href={`${path}?format=${format}`}
            download
            aria-label={t('staff.hallFileOf', { file: t(words), name, version })}
          >
            {t(words)}
          </a>
        ))}
      </p>
    </li>
  );
}
