// The waiting room's switch: everybody through the line, or a safety net that switches it on by itself.
import type { RoomView, SaleView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { formatTime, t } from '../../language/language.ts';
import { NumberSetting } from '../form/settings.tsx';
import { SureButton } from '../form/sure-button.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { useSession } from '../staff-session.ts';

const READ_EVERY_MS = 2_000;

export function RoomPanel({ sale }: { sale: SaleView }) {
  const session = useSession();
  const [room, setRoom] = useState<RoomView | null>(null);
  const acting = useAct();
  useEffect(() => {
    const read = () => void staffApi.getRoom(sale.id).then((answer) => answer.kind === 'ok' && setRoom(answer.body));
    read();
    const timer = setInterval(read, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [sale.id]);
  if (room === null) return null;
  const set = async (change: Partial<RoomView>) => {
    const { mode, thresholdPerMinute } = { ...room, ...change };
    const answer = await acting.act(() => staffApi.setRoom(session, sale.id, { mode, thresholdPerMinute }));
    if (answer !== undefined) setRoom(answer.body);
  };
  return (
    <section class="card" aria-labelledby="room">
      <h2 id="room">{t('staff.room')}</h2>
      <p>
        <b>{t(room.on ? 'staff.roomOn' : 'staff.roomOff', { time: formatTime(room.since) })}</b>
      </p>
      <p class="soft">{room.reason}</p>
      {room.mode === 'queue_all' ? (
        <SureButton
          label={t('ops.roomOpen')}
          sure={t('ops.roomOpenSure', { count: room.thresholdPerMinute })}
          busy={acting.busy}
          onSure={() => void set({ mode: 'safety_net' })}
        />
      ) : (
        <button type="button" class="button" disabled={acting.busy} onClick={() => void set({ mode: 'queue_all' })}>
          {t('staff.queueAll')}
        </button>
      )}
      {room.mode === 'safety_net' && (
        <NumberSetting
          label={t('staff.threshold')}
          value={room.thresholdPerMinute}
          steps={[0.5, 2]}
          onSave={(thresholdPerMinute) => void set({ thresholdPerMinute })}
        />
      )}
      <Told {...acting} />
    </section>
  );
}
