// Admission of one sale: what was observed, what was decided and why, and the hands on it. Read every second; every
// change names the version it was made on, so that two operators cannot undo each other unseen.
import type { AdmissionView, SaleView, SessionView } from '@onsale/contracts';
import { DELAY_TARGET_MS } from '@onsale/domain';
import { useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { formatCount, formatTime, t } from '../../language/language.ts';
import { Loading } from '../../ui/page.tsx';
import { Figures } from '../figures.tsx';
import { NumberSetting, Switch } from '../form/settings.tsx';
import { keyOf } from '../keys/shortcuts.ts';
import { CallByHand } from './call-by-hand.tsx';
import { DecisionLog, Shadow } from './decision-log.tsx';
import { Dispute } from './dispute.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { effectOfRate } from './rate-effect.ts';
import { StateBar } from './state-bar.tsx';
import { type Act, type Admission, type Hand, useAdmission } from './use-admission.ts';

export function AdmissionPanel({ session, sale }: { session: SessionView; sale: SaleView }) {
  const admission = useAdmission(sale.id, session);
  const { view, act, told, change, dispute, undo } = admission;
  if (view === null) return <Loading />;
  return (
    <div class="admission">
      <StateBar view={view} session={session} saleId={sale.id} act={act} />
      <div class="told-row">
        <p class="told" role="status">
          {told}
        </p>
        {undo !== null && (
          <button type="button" class="button" aria-keyshortcuts={keyOf('undo')} onClick={() => void undo()}>
            {t('ops.undo')}
          </button>
        )}
      </div>
      {dispute !== null && <Dispute dispute={dispute} />}
      <Observed view={view} />
      <HistoryPanel saleId={sale.id} />
      <Decision view={view} />
      <Shadow view={view} />
      <DecisionLog saleId={sale.id} />
      {session.may.includes('changeAdmission') && (
        <div class="admission-hands">
          <Settings view={view} session={session} saleId={sale.id} act={act} change={change} />
          <Notice session={session} sale={sale} act={act} />
        </div>
      )}
    </div>
  );
}

function Observed({ view }: { view: AdmissionView }) {
  const { joined, waiting, called, active, served, callsPerMinute, noShowRate, shopDelayMs } = view.observed;
  const { away = 0, prequeue = 0, stockFree, openHolds, sold = null, capacity = null } = view.observed;
  const figures = [
    ['waiting', formatCount(waiting)],
    ['away', formatCount(away)],
    ['prequeue', formatCount(prequeue)],
    ['called', formatCount(called)],
    ['active', `${formatCount(active)} / ${formatCount(view.settings.maxActive)}`],
    ['rate', formatCount(Math.round(callsPerMinute))],
    ['served', formatCount(served)],
    ['joined', formatCount(joined)],
    ['stock', stockFree === null ? '–' : formatCount(stockFree)],
    ['sold', sold === null || capacity === null ? '–' : `${formatCount(sold)} / ${formatCount(capacity)}`],
    ['holds', openHolds === null ? '–' : formatCount(openHolds)],
    ['noShow', `${Math.round(noShowRate * 100)} %`],
    ['delay', shopDelayMs == null ? '–' : `${formatCount(Math.round(shopDelayMs))} ms`],
  ] as const;
  return <Figures class="figures" figures={figures} />;
}

function Decision({ view: { lastDecision } }: { view: AdmissionView }) {
  if (lastDecision === null) return <p class="decision soft">{t('staff.noDecision')}</p>;
  return (
    <p class="decision">
      <span class="soft">{t('staff.lastDecision', { time: formatTime(lastDecision.at) })}</span>
      <b>{t('staff.calledNow', { count: lastDecision.count })}</b>
      <span>{lastDecision.reason}</span>
    </p>
  );
}

function rateWords(wished: number, { settings, observed }: AdmissionView): string {
  const now = { rate: settings.ratePerMinute, waiting: observed.waiting, atMs: Date.now() };
  const { more, emptyAtMs } = effectOfRate(wished, now);
  const pace = t(more < 0 ? 'staff.effectFewer' : 'staff.effectMore', { count: Math.abs(more) });
  if (emptyAtMs === null) return pace;
  return `${pace} ${t('staff.effectEmpty', { time: formatTime(new Date(emptyAtMs).toISOString()) })}`;
}

const switches = ['autoSlow', 'stockAware', 'noShowCompensation'] as const;

type Changing = { change: Admission['change'] };

function Settings({ view, session, saleId, act, change }: Hand & Changing) {
  const { settings } = view;
  return (
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">{t('staff.settings')}</h2>
      <NumberSetting
        label={t('staff.rate')}
        value={settings.ratePerMinute}
        steps={[0.5, 2]}
        onSave={(ratePerMinute, seen) => change({ ratePerMinute }, { ratePerMinute: seen })}
        effect={(wished) => rateWords(wished, view)}
        shortcut={keyOf('rate')}
      />
      <NumberSetting
        label={t('staff.maxActive')}
        value={settings.maxActive}
        steps={[0.5, 2]}
        onSave={(maxActive, seen) => change({ maxActive }, { maxActive: seen })}
      />
      {settings.autoSlow && (
        <NumberSetting
          label={t('staff.delayTarget')}
          value={settings.delayTargetMs ?? DELAY_TARGET_MS}
          steps={[]}
          onSave={(delayTargetMs, seen) => change({ delayTargetMs }, { delayTargetMs: seen })}
        />
      )}
      {switches.map((name) => (
        <Switch key={name} label={t(`staff.${name}`)} on={settings[name]} onChange={(on) => change({ [name]: on })} />
      ))}
      <Switch
        label={t('staff.manual')}
        on={settings.mode === 'manual'}
        onChange={(on) => change({ mode: on ? 'manual' : 'automatic' })}
      />
      {!view.paused && !view.draining && <CallByHand view={view} session={session} saleId={saleId} act={act} />}
    </section>
  );
}

function Notice({ session, sale, act }: { session: SessionView; sale: SaleView; act: Act }) {
  const [text, setText] = useState(sale.notice ?? '');
  const put = (notice: string | null) => act(() => staffApi.setNotice(session, sale.id, notice));
  return (
    <section class="card" aria-labelledby="notice">
      <h2 id="notice">{t('staff.notice')}</h2>
      <label class="field">
        <span>{t('staff.noticeText')}</span>
        <textarea
          aria-keyshortcuts={keyOf('message')}
          maxLength={140}
          rows={3}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <div class="actions">
        <button type="button" class="button primary" disabled={text.trim() === ''} onClick={() => put(text.trim())}>
          {t('staff.noticePut')}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            setText('');
            void put(null);
          }}
        >
          {t('staff.noticeTake')}
        </button>
      </div>
    </section>
  );
}
