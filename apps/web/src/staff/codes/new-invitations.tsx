// Invitations: one code for each address, good for nobody else. Addresses are pasted; what is none is named before sending.
import type { SaleView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { organizerApi } from '../../api/organizer-api.ts';
import { t } from '../../language/language.ts';
import { readAddresses } from '../form/addresses.ts';
import { LongTextField, TextField } from '../form/fields.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';
import { Validity, type ValidityWish, validityBody } from './validity.tsx';

const INVITED_MAX = 50_000;

export function NewInvitations({ sale, made }: { sale: SaleView; made: () => void }) {
  const session = useSession();
  const acting = useAct();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [validity, setValidity] = useState<ValidityWish>({ phaseIds: [], until: '' });
  const { emails, strange, repeated } = readAddresses(text);
  const invite = async (event: Event) => {
    event.preventDefault();
    const wish = { name: name.trim(), usesMax: 1, invite: { emails: [...emails] }, ...validityBody(validity) };
    const done = t('staff.invited', { count: emails.length });
    if ((await acting.act(() => organizerApi.createCodeSet(session, sale.id, wish), done)) === undefined) return;
    setName('');
    setText('');
    made();
  };
  const problem = strange.length > 0 ? t('staff.inviteStrange', { words: strange.slice(0, 5).join(', ') }) : undefined;
  return (
    <section class="card" aria-labelledby="invitations">
      <h2 id="invitations">{t('staff.invitations')}</h2>
      <form class="fields" onSubmit={invite}>
        <TextField
          label={t('staff.inviteName')}
          value={name}
          onChange={setName}
          required
          problem={acting.problemOf('name')}
        />
        <LongTextField
          label={t('staff.inviteWhom')}
          hint={t('staff.inviteHint')}
          rows={6}
          value={text}
          onChange={setText}
          problem={problem ?? acting.problemOf('invite')}
        />
        <p role="status">
          {text.trim() !== '' && t('staff.inviteCount', { count: emails.length, repeated: repeated.length })}
        </p>
        <Validity sale={sale} wish={validity} onChange={setValidity} acting={acting} />
        <button
          type="submit"
          class="button primary"
          disabled={acting.busy || strange.length > 0 || emails.length === 0 || emails.length > INVITED_MAX}
        >
          {t('staff.invite', { count: emails.length })}
        </button>
      </form>
      <Told {...acting} />
    </section>
  );
}
