// One draft: its fields, its timeline, its checklist; saved with the version that was seen, published once it is green.
import type { EventView, SaleDraftBody, SaleDraftView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { planningApi } from '../../api/planning-api.ts';
import { t } from '../../language/language.ts';
import { SureButton } from '../form/sure-button.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';
import { Checklist } from './checklist.tsx';
import { DraftFields } from './draft-fields.tsx';
import { Timeline } from './timeline.tsx';

export function DraftEditor({ event, given }: { event: EventView; given: SaleDraftView }) {
  const session = useSession();
  const acting = useAct();
  const [draft, setDraft] = useState(given);
  const [plan, setPlan] = useState(given.plan);
  const isSaved = plan === draft.plan;
  const isOpen = draft.state === 'draft' && session.mayUse('changeSaleDraft');
  const take = (answer: { body: SaleDraftView } | undefined) => {
    if (answer === undefined) return;
    setDraft(answer.body);
    setPlan(answer.body.plan);
  };
  const save = async (submitted: Event) => {
    submitted.preventDefault();
    const said = ({ isGreen }: SaleDraftView) => t('staff.draftSaved', { state: isGreen ? 'green' : 'other' });
    take(await acting.act(() => planningApi.changeDraft(session, draft, plan), said));
  };
  const publish = async () => {
    take(await acting.act(() => planningApi.publishDraft(session, draft), t('staff.draftPublished')));
  };
  const name = plan.name ?? t('staff.draftUnnamed');
  return (
    <div class="console-part two-columns">
      <form class="card fields" onSubmit={save} aria-label={`${event.title}, ${name}`}>
        <h2>
          {event.title}, {name}
        </h2>
        <fieldset class="bare" disabled={!isOpen}>
          <DraftFields
            event={event}
            plan={plan}
            change={(part: Partial<SaleDraftBody>) => setPlan({ ...plan, ...part })}
          />
        </fieldset>
        {isOpen && (
          <button type="submit" class="button primary" disabled={acting.busy || isSaved}>
            {t('staff.draftSave')}
          </button>
        )}
      </form>
      <div class="console-part">
        <Timeline event={event} plan={plan} />
        <Checklist draft={draft} />
        <Told {...acting} />
        {draft.state !== 'published' && session.mayUse('publishSaleDraft') && (
          <p>
            {isSaved ? (
              <SureButton
                label={t('staff.draftPublish')}
                sure={t('staff.draftPublishSure', { name })}
                busy={acting.busy || !draft.isGreen}
                onSure={publish}
              />
            ) : (
              t('staff.draftUnsaved')
            )}
          </p>
        )}
        {draft.state === 'published' && draft.saleId !== null && (
          <a class="button" href={`/staff/sales/${draft.saleId}`}>
            {t('staff.draftToSale')}
          </a>
        )}
      </div>
    </div>
  );
}
