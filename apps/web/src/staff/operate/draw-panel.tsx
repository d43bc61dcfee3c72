// The public value of a draw: where the sale named a public draw, its result is written down here after the roster is
// fixed and before the seed is made. Entered once; everybody can look it up and check it.
import type { FairnessView, SaleView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { fanApi } from '../../api/fan-api.ts';
import { staffApi } from '../../api/staff-api.ts';
import { formatDateTime, t } from '../../language/language.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { TextField } from '../form/fields.tsx';
import { SureButton } from '../form/sure-button.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { phaseWords } from '../phase-words.ts';
import { useSession } from '../staff-session.ts';

type Draw = FairnessView['draws'][number];
const READ_EVERY_MS = 2_000;

/** Nothing where no draw of the sale depends on a public one. */
export function DrawPanel({ sale }: { sale: SaleView }) {
  const { asked, again } = useAnswer(`draws ${sale.id}`, () => fanApi.getFairness(sale.id));
  const draws =
    asked.kind === 'ok' ? asked.body.draws.filter(({ publicValueSource }) => publicValueSource !== null) : [];
  const isWaiting = draws.some(({ seed }) => seed === null);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(again, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [isWaiting]);
  if (draws.length === 0) return null;
  return (
    <section class="card" aria-labelledby="public-draw">
      <h2 id="public-draw">{t('staff.publicDraw')}</h2>
      {draws.map((draw) => (
        <PublicValue key={draw.phaseId} sale={sale} draw={draw} entered={again} />
      ))}
    </section>
  );
}

function PublicValue({ sale, draw, entered }: { sale: SaleView; draw: Draw; entered: () => void }) {
  const session = useSession();
  const acting = useAct();
  const [value, setValue] = useState('');
  const send = async () => {
    const params = { saleId: sale.id, phaseId: draw.phaseId };
    const answer = await acting.act(() => staffApi.enterPublicValue(session, params, value.trim()));
    if (answer !== undefined) entered();
  };
  const state = stateOf(draw);
  return (
    <div class="public-value">
      <p>
        <b>{phaseWords(sale, draw.phaseId)}</b> {draw.publicValueSource}
      </p>
      <p role="status" class="soft">
        {t(`staff.draw_${state}`, { value: draw.publicValue ?? '', until: waitedUntil(draw) })}
      </p>
      {state === 'awaited' && session.mayUse('enterPublicValue') && (
        <>
          <TextField
            label={t('staff.drawValue')}
            hint={t('staff.drawValueHint')}
            value={value}
            onChange={setValue}
            maxLength={200}
            problem={acting.problemOf('value')}
          />
          <SureButton
            label={t('staff.drawEnter')}
            sure={t('staff.drawEnterSure', { value: value.trim() })}
            busy={acting.busy || value.trim() === ''}
            onSure={() => void send()}
          />
        </>
      )}
      <Told {...acting} />
    </div>
  );
}

function stateOf({ frozenAt, publicValue, seed }: Draw): 'tooEarly' | 'awaited' | 'entered' | 'without' {
  if (publicValue !== null) return 'entered';
  if (seed !== null) return 'without';
  return frozenAt === null ? 'tooEarly' : 'awaited';
}

function waitedUntil({ frozenAt, publicValueWaitSeconds }: Draw): string {
  if (frozenAt === null) return '';
  return formatDateTime(new Date(Date.parse(frozenAt) + (publicValueWaitSeconds ?? 0) * 1000).toISOString());
}
