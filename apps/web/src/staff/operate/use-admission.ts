// Admission of one sale, read every second; an act's own answer replaces what was read before it.
import type { AdmissionView, SessionView } from '@onsale/contracts';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer } from '../../api/request.ts';
import { staffApi } from '../../api/staff-api.ts';
import { t } from '../../language/language.ts';

const READ_EVERY_MS = 1_000;

export type Act = (ask: () => Promise<Answer<AdmissionView>>) => Promise<void>;
export type Hand = { view: AdmissionView; session: SessionView; saleId: string; act: Act };

export function useAdmission(saleId: string): { view: AdmissionView | null; act: Act; told: string } {
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
