// The steps of bringing a hall: a picked file, what a look at it found, the repairs that were asked for, and keeping it.
import type { PlanImport, PlanReport } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { planningApi } from '../../api/planning-api.ts';
import { t } from '../../language/language.ts';
import { useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';
import { readHallFile } from './read-hall-file.ts';

type Repairs = PlanImport['repairs'];
type Picked = Pick<PlanImport, 'flags'> & { readonly file: PlanImport['file'] | null };

const NOTHING_LOOKED_AT = { report: null as PlanReport | null, repairs: [] as Repairs };

export function useHallImport(made: () => void) {
  const session = useSession();
  const acting = useAct();
  const [picked, setPicked] = useState<Picked>({ file: null });
  const [unread, setUnread] = useState<string>();
  const [wish, setWish] = useState({ name: '', replaces: '' });
  const [looked, setLooked] = useState(NOTHING_LOOKED_AT);

  const send = async (how: Pick<PlanImport, 'repairs' | 'dryRun'>, done: (report: PlanReport) => string) => {
    const { file, flags } = picked;
    if (file === null) return undefined;
    const body: PlanImport = {
      ...{ ...how, file },
      ...(wish.name.trim() !== '' && { name: wish.name.trim() }),
      ...(flags && { flags }),
      ...(wish.replaces !== '' && { replaces: wish.replaces as NonNullable<PlanImport['replaces']> }),
    };
    return acting.act(() => planningApi.importPlan(session, body), done);
  };
  return {
    ...{ acting, unread, wish, ...looked, isPicked: picked.file !== null },
    change: (part: Partial<typeof wish>) => setWish({ ...wish, ...part }),
    async pick(chosen: File | null) {
      setLooked(NOTHING_LOOKED_AT);
      const read = chosen === null ? null : await readHallFile(chosen);
      setPicked({ ...picked, file: read?.kind === 'read' ? read.file : null });
      setUnread(read === null || read.kind === 'read' ? undefined : wordsOf(read));
    },
    async pickFlags(chosen: File | null) {
      setLooked(NOTHING_LOOKED_AT);
      const read = chosen === null ? null : await readHallFile(chosen);
      const flags = read?.kind === 'read' && 'json' in read.file ? (read.file.json as PlanImport['flags']) : undefined;
      setPicked({ file: picked.file, ...(flags && { flags }) });
    },
    async look(repairs: Repairs) {
      const how = { repairs, dryRun: true };
      const answer = await send(how, ({ defectCount }) => t('staff.hallLooked', { count: defectCount }));
      if (answer !== undefined) setLooked({ report: answer.body, repairs });
    },
    async keep() {
      const how = { repairs: looked.repairs, dryRun: false };
      const kept = await send(how, ({ holds }) => t('staff.hallKept', { name: holds?.name ?? '' }));
      if (kept === undefined) return;
      setLooked(NOTHING_LOOKED_AT);
      setWish({ name: '', replaces: '' });
      made();
    },
  };
}

function wordsOf(read: Exclude<Awaited<ReturnType<typeof readHallFile>>, { kind: 'read' }>): string {
  return read.kind === 'too_large' ? t('staff.hallTooLarge') : t('staff.hallNoJson', { words: read.words });
}
