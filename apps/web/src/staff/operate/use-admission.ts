// Admission of one sale, read every second; an act's own answer replaces what was read before it. A change of settings names
// the version it was made on: of two hands the second sees both values and decides; and a change can be taken back.
import type { AdmissionSettings, AdmissionView, SessionView } from '@onsale/contracts';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../api/request.ts';
import { staffApi } from '../../api/staff-api.ts';
import { t } from '../../language/language.ts';
import { refusalWords } from '../form/use-act.tsx';
import { type Clash, clashesOf, undoOf } from './two-hands.ts';

const READ_EVERY_MS = 1_000;

export type Act = (ask: () => Promise<Answer<AdmissionView>>) => Promise<void>;
export type Hand = { view: AdmissionView; session: SessionView; saleId: string; act: Act };
type Wish = Partial<AdmissionSettings>;

export type Admission = {
  readonly view: AdmissionView | null;
  readonly told: string;
  readonly act: Act;
  /** `seen`: what stood there when the hand began; left out, what stands there now. */
  change(wish: Wish, seen?: Wish): Promise<void>;
  /** What two hands did to one setting, until this hand has decided. */
  readonly dispute: { readonly clashes: readonly Clash[]; insist(): Promise<void>; giveWay(): void } | null;
  /** Takes the last change of settings back; null when there is none. */
  readonly undo: (() => Promise<void>) | null;
};

export function useAdmission(saleId: string, session: SessionView): Admission {
  const { view, see, busy } = useView(saleId);
  const [told, setTold] = useState('');
  const [clash, setClash] = useState<{ wish: Wish; clashes: readonly Clash[] } | null>(null);
  const [back, setBack] = useState<Wish | null>(null);
  const asking = async (ask: () => Promise<Answer<AdmissionView>>) => {
    busy.current = true;
    const answer = await ask();
    busy.current = false;
    if (answer.kind === 'ok') see(answer.body);
    setTold(answer.kind === 'ok' ? t('staff.done') : refusalWords(answer));
    return answer;
  };
  const put = async (wish: Wish, from: AdmissionView): Promise<void> => {
    const answer = await asking(() => staffApi.changeAdmission(session, saleId, wish, from.version));
    if (answer.kind === 'ok') return setBack(undoOf(wish, from.settings));
    if (answer.kind !== 'problem' || answer.problem.code !== 'precondition_failed') return;
    const fresh = await staffApi.getAdmission(saleId);
    if (fresh.kind !== 'ok') return;
    see(fresh.body);
    const clashes = clashesOf(wish, { seen: from.settings, now: fresh.body.settings });
    setTold('');
    if (clashes.length > 0) return setClash({ wish, clashes });
    await put(wish, fresh.body);
  };
  const change = async (wish: Wish, seen: Wish = {}) => {
    if (view === null) return;
    const clashes = clashesOf(wish, { seen: { ...view.settings, ...seen }, now: view.settings });
    setClash(clashes.length > 0 ? { wish, clashes } : null);
    if (clashes.length === 0) await put(wish, view);
  };
  return {
    view,
    told,
    change,
    act: async (ask) => {
      setBack(null);
      await asking(ask);
    },
    dispute: clash && { clashes: clash.clashes, insist: () => change(clash.wish), giveWay: () => setClash(null) },
    undo:
      back &&
      (async () => {
        await change(back);
        setBack(null);
      }),
  };
}

/** Read again and again, but not while an act is under way: its answer is the later truth. */
function useView(saleId: string) {
  const [view, see] = useState<AdmissionView | null>(null);
  const busy = useRef(false);
  useEffect(() => {
    const read = async () => {
      if (busy.current) return;
      const answer = await staffApi.getAdmission(saleId);
      if (answer.kind === 'ok' && !busy.current) see(answer.body);
    };
    void read();
    const timer = setInterval(() => void read(), READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [saleId]);
  return { view, see, busy };
}
