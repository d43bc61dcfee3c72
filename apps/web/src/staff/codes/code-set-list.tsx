// The code sets of a sale: how many codes, how many of them used, for whom and until when; to download, to withdraw.
import type { CodeSetView, SaleView } from '@onsale/contracts';
import { organizerApi, organizerPaths } from '../../api/organizer-api.ts';
import { pathOf } from '../../api/request.ts';
import { formatDateTime, t } from '../../language/language.ts';
import { SureButton } from '../form/sure-button.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { phaseWords } from '../phase-words.ts';
import { useSession } from '../staff-session.ts';

type Props = { sale: SaleView; sets: readonly CodeSetView[]; changed: () => void };

export function CodeSetList({ sale, sets, changed }: Props) {
  const session = useSession();
  const acting = useAct();
  const withdraw = async ({ id, name }: CodeSetView) => {
    const params = { saleId: sale.id, codeSetId: id };
    await acting.act(() => organizerApi.revokeCodeSet(session, params), t('staff.codesWithdrawn', { name }));
    changed();
  };
  return (
    <section class="card" aria-labelledby="code-sets">
      <h2 id="code-sets">{t('staff.codes')}</h2>
      {sets.length === 0 && <p class="soft">{t('staff.codesNone')}</p>}
      <ul class="rows">
        {sets.map((set) => (
          <li key={set.id} aria-label={set.name}>
            <div>
              <p>
                <b>{set.name}</b> <span class="soft">{t(`staff.codesFor_${kindOf(set)}`)}</span>
              </p>
              <p class="soft">{whereWords(sale, set)}</p>
            </div>
            <UseMeter set={set} />
            <div class="actions">
              {set.purpose === 'access' && (
                <a
                  class="button"
                  href={pathOf(organizerPaths.downloadCodes[1], { saleId: sale.id, codeSetId: set.id })}
                  download
                >
                  {t('staff.codesFile')}
                </a>
              )}
              {set.revokedAt === null && session.mayUse('revokeCodeSet') && (
                <SureButton
                  label={t('staff.codesWithdraw')}
                  sure={t('staff.codesWithdrawSure', { count: set.count })}
                  busy={acting.busy}
                  onSure={() => void withdraw(set)}
                />
              )}
            </div>
          </li>
        ))}
      </ul>
      <Told {...acting} />
    </section>
  );
}

const kindOf = ({ purpose, boundTo }: CodeSetView) => (purpose === 'bypass' ? 'bypass' : boundTo);

function whereWords(sale: SaleView, { phaseIds, expiresAt, revokedAt, usesMax }: CodeSetView): string {
  const phases = phaseIds.map((id) => phaseWords(sale, id)).join(', ') || t('staff.phasesAll');
  const parts = [phases, t('staff.codesUsesEach', { count: usesMax })];
  if (expiresAt !== null) parts.push(t('staff.until', { time: formatDateTime(expiresAt) }));
  if (revokedAt !== null) parts.push(t('staff.codesWithdrawnAt', { time: formatDateTime(revokedAt) }));
  return parts.join(' · ');
}

function UseMeter({ set: { codesUsed, count } }: { set: CodeSetView }) {
  const words = t('staff.codesUsed', { used: codesUsed, count });
  return (
    <div class="meter">
      <span>{words}</span>
      <progress max={count} value={codesUsed} aria-label={words} />
    </div>
  );
}
