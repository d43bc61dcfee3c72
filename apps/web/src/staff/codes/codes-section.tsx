// Who may join by what: the code sets of a sale, new codes, invitations.
import type { CodeSetView, SaleView } from '@onsale/contracts';
import { organizerApi } from '../../api/organizer-api.ts';
import { t } from '../../language/language.ts';
import { Loading } from '../../ui/page.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useSession } from '../staff-session.ts';
import { CodeSetList } from './code-set-list.tsx';
import { NewCodes } from './new-codes.tsx';
import { NewInvitations } from './new-invitations.tsx';

export function CodesSection({ sale }: { sale: SaleView }) {
  const session = useSession();
  const { asked, again } = useAnswer(`codes ${sale.id}`, () => organizerApi.listCodeSets(sale.id));
  if (asked.kind === 'loading') return <Loading />;
  const sets: readonly CodeSetView[] = asked.kind === 'ok' ? asked.body.codeSets : [];
  return (
    <div class="console-part">
      <CodeSetList sale={sale} sets={sets} changed={again} />
      {session.mayUse('createCodeSet') && (
        <div class="two-columns">
          <NewCodes sale={sale} made={again} />
          <NewInvitations sale={sale} made={again} />
        </div>
      )}
      {asked.kind !== 'ok' && <p role="alert">{t('connection.lost')}</p>}
    </div>
  );
}
