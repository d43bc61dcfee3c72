// So many called once, whatever the rate: the number is free, and what it does is said before it is done.
import { useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { t } from '../../language/language.ts';
import { CountField } from '../form/fields.tsx';
import { SureButton } from '../form/sure-button.tsx';
import { keyOf } from '../keys/shortcuts.ts';
import type { Hand } from './use-admission.ts';

const CALL_MAX = 100_000;
const FIRST_WISH = 10;
const ASKED_FROM = 100; // nobody can be called back

export function CallByHand({ view, session, saleId, act }: Hand) {
  const [count, setCount] = useState(FIRST_WISH);
  const isNumber = Number.isInteger(count) && count >= 1 && count <= CALL_MAX;
  const { waiting, called, active } = view.observed;
  const call = (event: Event) => {
    event.preventDefault();
    if (isNumber && count <= ASKED_FROM) void act(() => staffApi.callFans(session, saleId, count));
  };
  return (
    <form class="fields" onSubmit={call}>
      <CountField
        label={t('staff.callHowMany')}
        value={count}
        onChange={setCount}
        most={CALL_MAX}
        shortcut={keyOf('call')}
        hint={t('staff.callEffect', {
          count: isNumber ? Math.min(count, waiting) : 0,
          left: isNumber ? Math.max(0, waiting - count) : waiting,
          inside: called + active,
          most: view.settings.maxActive,
        })}
      />
      <div class="actions">
        {isNumber && count > ASKED_FROM ? (
          <SureButton
            label={t('staff.call', { count })}
            sure={t('ops.callSure', { count: Math.min(count, waiting) })}
            busy={false}
            onSure={() => void act(() => staffApi.callFans(session, saleId, count))}
          />
        ) : (
          <button type="submit" class="button" disabled={!isNumber}>
            {t('staff.call', { count: isNumber ? count : 0 })}
          </button>
        )}
      </div>
    </form>
  );
}
