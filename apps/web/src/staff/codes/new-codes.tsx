// Access codes by the thousand, each good for so many places, in all phases or some.
import type { SaleView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { organizerApi } from '../../api/organizer-api.ts';
import { t } from '../../language/language.ts';
import { CountField, TextField } from '../form/fields.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';
import { Validity, type ValidityWish, validityBody } from './validity.tsx';

const CODES_MAX = 100_000;

export function NewCodes({ sale, made }: { sale: SaleView; made: () => void }) {
  const session = useSession();
  const acting = useAct();
  const [name, setName] = useState('');
  const [count, setCount] = useState(100);
  const [usesMax, setUsesMax] = useState(1);
  const [validity, setValidity] = useState<ValidityWish>({ phaseIds: [], until: '' });
  const make = async (event: Event) => {
    event.preventDefault();
    const wish = { name: name.trim(), count, usesMax, invite: null, ...validityBody(validity) };
    const answer = await acting.act(
      () => organizerApi.createCodeSet(session, sale.id, wish),
      t('staff.codesMade', { count }),
    );
    if (answer === undefined) return;
    setName('');
    made();
  };
  return (
    <section class="card" aria-labelledby="new-codes">
      <h2 id="new-codes">{t('staff.codesNew')}</h2>
      <form class="fields" onSubmit={make}>
        <TextField
          label={t('staff.codesName')}
          value={name}
          onChange={setName}
          required
          problem={acting.problemOf('name')}
        />
        <CountField
          label={t('staff.codesCount')}
          value={count}
          onChange={setCount}
          most={CODES_MAX}
          problem={acting.problemOf('count')}
        />
        <CountField
          label={t('staff.codesUses')}
          value={usesMax}
          onChange={setUsesMax}
          most={1_000_000}
          problem={acting.problemOf('usesMax')}
        />
        <Validity sale={sale} wish={validity} onChange={setValidity} acting={acting} />
        <button type="submit" class="button primary" disabled={acting.busy}>
          {t('staff.codesMake')}
        </button>
      </form>
      <Told {...acting} />
    </section>
  );
}
