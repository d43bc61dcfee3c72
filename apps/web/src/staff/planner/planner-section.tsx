// What is being planned: the list of drafts and how one begins; or one draft.
import type { EventView, SaleDraftSummary, SaleDraftView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { planningApi } from '../../api/planning-api.ts';
import { t } from '../../language/language.ts';
import { navigate } from '../../routing/location.ts';
import { Loading, NotFoundPage, UnreachablePage } from '../../ui/page.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { ChoiceField } from '../form/fields.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';
import { DraftEditor } from './draft-editor.tsx';
import { freePerformances, newPlan } from './new-plan.ts';

type Props = { events: readonly EventView[]; draftId: string | null };

export function PlannerSection({ events, draftId }: Props) {
  return draftId === null ? <Drafts events={events} /> : <OneDraft events={events} draftId={draftId} />;
}

function OneDraft({ events, draftId }: { events: readonly EventView[]; draftId: string }) {
  const { asked, again } = useAnswer(`draft ${draftId}`, () => planningApi.getDraft(draftId));
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind === 'problem') return <NotFoundPage />;
  if (asked.kind !== 'ok') return <UnreachablePage retry={again} />;
  const event = events.find(({ id }) => id === asked.body.plan.eventId);
  return event === undefined ? <NotFoundPage /> : <DraftEditor event={event} given={asked.body} />;
}

function Drafts({ events }: { events: readonly EventView[] }) {
  const session = useSession();
  const { asked, again } = useAnswer('drafts', planningApi.listDrafts);
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind !== 'ok') return <UnreachablePage retry={again} />;
  const { drafts } = asked.body;
  return (
    <div class="console-part">
      <section aria-labelledby="drafts">
        <h2 id="drafts">{t('staff.drafts')}</h2>
        {drafts.length === 0 ? (
          <p class="lead">{t('staff.draftsNone')}</p>
        ) : (
          <ul class="console-sales">
            {drafts.map((draft) => (
              <DraftLink key={draft.id} draft={draft} events={events} />
            ))}
          </ul>
        )}
      </section>
      {session.mayUse('createSaleDraft') && <NewDraft events={events} />}
    </div>
  );
}

function DraftLink({ draft, events }: { draft: SaleDraftSummary; events: readonly EventView[] }) {
  const { id, eventId, name, state } = draft;
  return (
    <li>
      <a href={`/staff/planner/${id}`}>
        <b>{events.find((event) => event.id === eventId)?.title}</b>{' '}
        <span class="soft">{name || t('staff.draftUnnamed')}</span>
        <br />
        {t(`staff.draft_${state}`)}
      </a>
    </li>
  );
}

function NewDraft({ events }: { events: readonly EventView[] }) {
  const session = useSession();
  const acting = useAct();
  const open = events.filter((event) => freePerformances(event).length > 0);
  const [eventId, setEventId] = useState<string>(open[0]?.id ?? '');
  const event = open.find(({ id }) => (id as string) === eventId);
  const begin = async (submitted: Event) => {
    submitted.preventDefault();
    if (event === undefined) return;
    const plan = newPlan(event, Date.now());
    const made = await acting.act<SaleDraftView>(() => planningApi.createDraft(session, plan));
    if (made !== undefined) navigate(`/staff/planner/${made.body.id}`);
  };
  return (
    <section class="card" aria-labelledby="new-draft">
      <h2 id="new-draft">{t('staff.draftNew')}</h2>
      {event === undefined ? (
        <p>{t('staff.draftNoEvent')}</p>
      ) : (
        <form class="fields" onSubmit={begin}>
          <ChoiceField
            label={t('staff.draftEvent')}
            value={eventId}
            onChange={setEventId}
            choices={open.map(({ id, title }) => [id, title])}
          />
          <button type="submit" class="button primary" disabled={acting.busy}>
            {t('staff.draftBegin')}
          </button>
        </form>
      )}
      <Told {...acting} />
    </section>
  );
}
