// What is kept back of a performance: why, for whom, until when, how much is left of it.
import type { BlockView } from '@onsale/contracts';
import { organizerApi } from '../../api/organizer-api.ts';
import { formatCount, formatDateTime, t } from '../../language/language.ts';
import { SureButton } from '../form/sure-button.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { phaseWords } from '../phase-words.ts';
import { useSession } from '../staff-session.ts';
import type { StockContext } from './stock-section.tsx';

type Props = StockContext & { blocks: readonly BlockView[]; changed: () => void };

export function BlockList({ blocks, changed, ...context }: Props) {
  const session = useSession();
  const acting = useAct();
  const performanceId = context.performance.id;
  const release = async ({ id, label }: BlockView) => {
    const done = t('staff.blockReleased', { label });
    await acting.act(() => organizerApi.unblockStock(session, { performanceId, blockId: id }), done);
    changed();
  };
  return (
    <section class="card" aria-labelledby="blocks">
      <h2 id="blocks">{t('staff.blocks')}</h2>
      {blocks.length === 0 && <p class="soft">{t('staff.blocksNone')}</p>}
      <ul class="rows">
        {blocks.map((block) => (
          <li key={block.id} aria-label={block.label}>
            <div>
              <p>
                <b>{block.label}</b> <span class="soft">{t(`staff.block_${block.state}`)}</span>
              </p>
              <p class="soft">{whomWords(context, block)}</p>
            </div>
            <div>
              <p>{leftWords(context, block)}</p>
              {missingOf(block) > 0 && <p class="soft">{t('staff.blockMissing', { count: missingOf(block) })}</p>}
            </div>
            <div class="actions">
              {block.state === 'active' && session.mayUse('unblockStock') && (
                <SureButton
                  label={t('staff.blockRelease')}
                  sure={t('staff.blockReleaseSure', { count: leftOf(block) })}
                  busy={acting.busy}
                  onSure={() => void release(block)}
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

const leftOf = ({ left }: BlockView) => left.reduce((sum, { quantity }) => sum + quantity, 0);
const missingOf = ({ missing }: BlockView) => missing.seatIds.length + missing.quantity;

function leftWords({ performance }: StockContext, { left }: BlockView): string {
  const nameOf = (categoryId: string) => performance.categories.find(({ id }) => id === categoryId)?.name ?? categoryId;
  return left.map(({ categoryId, quantity }) => `${formatCount(quantity)} × ${nameOf(categoryId)}`).join(', ');
}

function whomWords({ sale, codeSets, event }: StockContext, { audience, releaseAt }: BlockView): string {
  const until =
    releaseAt === null ? '' : ` · ${t('staff.until', { time: formatDateTime(releaseAt, event.venue.timeZone) })}`;
  if (audience === null) return t('staff.forNobody') + until;
  switch (audience.kind) {
    case 'phase':
      return t('staff.forPhase', { name: phaseWords(sale, audience.phaseId) }) + until;
    case 'code_set': {
      const set = codeSets.find(({ id }) => (id as string) === audience.codeSetId);
      return t('staff.forCodeSet', { name: set?.name ?? audience.codeSetId }) + until;
    }
    case 'code':
      return t('staff.forCode', { name: audience.codeId }) + until;
    case 'channel':
      return t('staff.forChannel', { name: audience.channel }) + until;
  }
}
