// A link that lets one person in past the line; for whom and why stands in the audit log.
import type { BypassView, SaleView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { t } from '../../language/language.ts';
import { Told, useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';

export function BypassPanel({ sale }: { sale: SaleView }) {
  const session = useSession();
  const acting = useAct();
  const [note, setNote] = useState('');
  const [given, setGiven] = useState<BypassView | null>(null);
  const give = async (event: Event) => {
    event.preventDefault();
    const wish = { note: note.trim(), count: 1, minutes: 60 };
    const answer = await acting.act(() => staffApi.giveBypass(session, sale.id, wish));
    setGiven(answer?.body ?? null);
  };
  return (
    <section class="card" aria-labelledby="bypass">
      <h2 id="bypass">{t('staff.bypass')}</h2>
      <form class="fields" onSubmit={give}>
        <label class="field">
          <span>{t('staff.bypassNote')}</span>
          <input value={note} onInput={(event) => setNote(event.currentTarget.value)} required maxLength={120} />
        </label>
        <button type="submit" class="button">
          {t('staff.bypassGive')}
        </button>
      </form>
      {given?.links.map(({ url }) => (
        <p key={url} class="secret-link">
          <code>{url}</code>
        </p>
      ))}
      <Told {...acting} />
    </section>
  );
}
