// Admission of one sale: what was observed, what was decided and why, and the hands on it. Read every second; every
// change names the version it was made on, so that two operators cannot undo each other unseen.
import type { AdmissionSettings, AdmissionView, SaleView, SessionView } from '@onsale/contracts';
import { DELAY_TARGET_MS } from '@onsale/domain';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../api/request.ts';
import { staffApi } from '../../api/staff-api.ts';
import { formatCount, formatTime, t } from '../../language/language.ts';
import { Loading } from '../../ui/page.tsx';
import { NumberSetting, Switch } from '../form/settings.tsx';
import { DecisionLog, Shadow } from './decision-log.tsx';

const READ_EVERY_MS = 1_000;

type Act = (ask: () => Promise<Answer<AdmissionView>>) => Promise<void>;

export function AdmissionPanel({ session, sale }: { session: SessionView; sale: SaleView }) {
  const { view, act, told } = useAdmission(sale.id);
  if (view === null) return <Loading />;
  return (
    <div class="admission">
      <StateBar view={view} session={session} saleId={sale.id} act={act} />
      <p class="told" role="status">
        {told}
      </p>
      <Figures view={view} />
      <Decision view={view} />
      <Shadow view={view} />
      <DecisionLog saleId={sale.id} />
      <div class="admission-hands">
        <Settings view={view} session={session} saleId={sale.id} act={act} />
        <Notice session={session} sale={sale} act={act} />
      </div>
    </div>
  );
}

function useAdmission(saleId: string): { view: AdmissionView | null; act: Act; told: string } {
  const [view, setView] = useState<AdmissionView | null>(null);
  const [told, setTold] = useState('');
  const busy = useRef(false);
  useEffect(() => {
    const read = async () => {
      if (busy.current) return;
      const answer = await staffApi.getAdmission(saleId);
      if (answer.kind === 'ok' && !busy.current) setView(answer.body);
    };
    void read();
    const timer = setInterval(() => void read(), READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [saleId]);
  const act: Act = async (ask) => {
    busy.current = true;
    const answer = await ask();
    busy.current = false;
    if (answer.kind === 'ok') setView(answer.body);
    setTold(toldAfter(answer));
  };
  return { view, act, told };
}

function toldAfter(answer: Answer<AdmissionView>): string {
  if (answer.kind === 'ok') return t('staff.done');
  if (answer.kind === 'unreachable') return t('connection.lost');
  if (answer.problem.code === 'precondition_failed') return t('staff.changedMeanwhile');
  return answer.problem.detail ?? answer.problem.title;
}

type Hand = { view: AdmissionView; session: SessionView; saleId: string; act: Act };

function StateBar({ view, session, saleId, act }: Hand) {
  const state = view.draining ? 'draining' : view.paused ? 'paused' : 'running';
  return (
    <div class={`state-bar state-${state}`}>
      <p>
        <b>{t(`staff.${state}`)}</b> <span>{t(`staff.${state}Text`)}</span>
      </p>
      <div class="actions">
        {state === 'running' ? (
          <>
            <button type="button" class="button bad" onClick={() => act(() => staffApi.pauseSale(session, saleId))}>
              {t('staff.pause')}
            </button>
            <button type="button" class="button" onClick={() => act(() => staffApi.drainSale(session, saleId))}>
              {t('staff.drain')}
            </button>
          </>
        ) : (
          <button type="button" class="button primary" onClick={() => act(() => staffApi.resumeSale(session, saleId))}>
            {t('staff.resume')}
          </button>
        )}
      </div>
    </div>
  );
}

function Figures({ view }: { view: AdmissionView }) {
  const { joined, waiting, called, active, served, callsPerMinute, noShowRate, stockFree, openHolds, shopDelayMs } =
    view.observed;
  const figures = [
    ['waiting', formatCount(waiting)],
    ['called', formatCount(called)],
    ['active', `${formatCount(active)} / ${formatCount(view.settings.maxActive)}`],
    ['rate', formatCount(Math.round(callsPerMinute))],
    ['served', formatCount(served)],
    ['joined', formatCount(joined)],
    ['stock', stockFree === null ? '–' : formatCount(stockFree)],
    ['holds', openHolds === null ? '–' : formatCount(openHolds)],
    ['noShow', `${Math.round(noShowRate * 100)} %`],
    ['delay', shopDelayMs == null ? '–' : `${formatCount(Math.round(shopDelayMs))} ms`],
  ] as const;
  return (
    <dl class="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`staff.figure_${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
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

const switches = ['autoSlow', 'stockAware', 'noShowCompensation'] as const;

function Settings({ view, session, saleId, act }: Hand) {
  const change = (part: Partial<AdmissionSettings>) =>
    act(() => staffApi.changeAdmission(session, saleId, part, view.version));
  const { settings } = view;
  return (
    <section class="card" aria-labelledby="settings">
      <h2 id="settings">{t('staff.settings')}</h2>
      <NumberSetting
        label={t('staff.rate')}
        value={settings.ratePerMinute}
        steps={[0.5, 2]}
        onSave={(ratePerMinute) => change({ ratePerMinute })}
      />
      <NumberSetting
        label={t('staff.maxActive')}
        value={settings.maxActive}
        steps={[0.5, 2]}
        onSave={(maxActive) => change({ maxActive })}
      />
      {settings.autoSlow && (
        <NumberSetting
          label={t('staff.delayTarget')}
          value={settings.delayTargetMs ?? DELAY_TARGET_MS}
          steps={[]}
          onSave={(delayTargetMs) => change({ delayTargetMs })}
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
      {settings.mode === 'manual' && <CallByHand session={session} saleId={saleId} act={act} />}
    </section>
  );
}

function CallByHand({ session, saleId, act }: Omit<Hand, 'view'>) {
  return (
    <div class="actions">
      {[1, 10, 100].map((count) => (
        <button
          key={count}
          type="button"
          class="button"
          onClick={() => act(() => staffApi.callFans(session, saleId, count))}
        >
          {t('staff.call', { count })}
        </button>
      ))}
    </div>
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
        <textarea maxLength={140} rows={3} value={text} onInput={(event) => setText(event.currentTarget.value)} />
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
