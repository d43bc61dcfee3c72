// How the sale stands, and the hands that stop it and let it go on. A halt also stops those inside: it is asked twice.
import { staffApi } from '../../api/staff-api.ts';
import { t } from '../../language/language.ts';
import { SureButton } from '../form/sure-button.tsx';
import { keyOf } from '../keys/shortcuts.ts';
import type { Hand } from './use-admission.ts';

export function StateBar({ view, session, saleId, act }: Hand) {
  const state = view.halted ? 'halted' : view.draining ? 'draining' : view.paused ? 'paused' : 'running';
  return (
    <div class={`state-bar state-${state}`}>
      <p>
        <b>{t(`staff.${state}`)}</b> <span>{t(`staff.${state}Text`)}</span>
      </p>
      {session.may.includes('pauseSale') && (
        <div class="actions">
          {state === 'running' ? (
            <>
              <button
                type="button"
                class="button bad"
                aria-keyshortcuts={keyOf('pause')}
                onClick={() => act(() => staffApi.pauseSale(session, saleId))}
              >
                {t('staff.pause')}
              </button>
              <SureButton
                label={t('staff.drain')}
                sure={t('ops.drainSure', { waiting: view.observed.waiting, active: view.observed.active })}
                busy={false}
                shortcut={keyOf('drain')}
                onSure={() => act(() => staffApi.drainSale(session, saleId))}
              />
            </>
          ) : (
            <button
              type="button"
              class="button primary"
              aria-keyshortcuts={keyOf('resume')}
              onClick={() => act(() => staffApi.resumeSale(session, saleId))}
            >
              {t('staff.resume')}
            </button>
          )}
          {!view.halted && (
            <SureButton
              label={t('staff.halt')}
              sure={t('staff.haltSure', { active: view.observed.active })}
              busy={false}
              shortcut={keyOf('halt')}
              onSure={() => act(() => staffApi.haltSale(session, saleId))}
            />
          )}
        </div>
      )}
    </div>
  );
}
