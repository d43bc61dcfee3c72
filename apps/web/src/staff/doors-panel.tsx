// Who gets in by what: the waiting room's switch, bypass links, access codes.
import type { BypassView, CodeSetView, RoomView, SaleView, SessionView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../api/request.ts';
import { staffApi } from '../api/staff-api.ts';
import { formatTime, t } from '../language/language.ts';
import { NumberSetting, Switch } from './settings.tsx';

type Props = { readonly session: SessionView; readonly sale: SaleView };
const READ_EVERY_MS = 2_000;

const toldAfter = (answer: Answer<unknown>): string => {
  if (answer.kind === 'ok') return t('staff.done');
  return answer.kind === 'unreachable' ? t('connection.lost') : (answer.problem.detail ?? answer.problem.title);
};

export function DoorsPanel(props: Props) {
  return (
    <div class="admission-hands">
      <Room {...props} />
      <Bypass {...props} />
      <Codes {...props} />
    </div>
  );
}

function Room({ session, sale }: Props) {
  const [room, setRoom] = useState<RoomView | null>(null);
  const [told, setTold] = useState('');
  const take = (answer: Answer<RoomView>) => {
    if (answer.kind === 'ok') setRoom(answer.body);
    return answer;
  };
  useEffect(() => {
    const read = () => void staffApi.getRoom(sale.id).then(take);
    read();
    const timer = setInterval(read, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [sale.id]);
  if (room === null) return null;
  const set = async (change: Partial<RoomView>) => {
    const { mode, thresholdPerMinute } = { ...room, ...change };
    setTold(toldAfter(take(await staffApi.setRoom(session, sale.id, { mode, thresholdPerMinute }))));
  };
  return (
    <section class="card" aria-labelledby="room">
      <h2 id="room">{t('staff.room')}</h2>
      <p>
        <b>{t(room.on ? 'staff.roomOn' : 'staff.roomOff', { time: formatTime(room.since) })}</b>
      </p>
      <p class="soft">{room.reason}</p>
      <Switch
        label={t('staff.queueAll')}
        on={room.mode === 'queue_all'}
        onChange={(on) => void set({ mode: on ? 'queue_all' : 'safety_net' })}
      />
      {room.mode === 'safety_net' && (
        <NumberSetting
          label={t('staff.threshold')}
          value={room.thresholdPerMinute}
          steps={[0.5, 2]}
          onSave={(thresholdPerMinute) => void set({ thresholdPerMinute })}
        />
      )}
      <p role="status">{told}</p>
    </section>
  );
}

function Bypass({ session, sale }: Props) {
  const [note, setNote] = useState('');
  const [given, setGiven] = useState<BypassView | null>(null);
  const [told, setTold] = useState('');
  const give = async (event: Event) => {
    event.preventDefault();
    const answer = await staffApi.giveBypass(session, sale.id, { note: note.trim(), count: 1, minutes: 60 });
    setTold(toldAfter(answer));
    setGiven(answer.kind === 'ok' ? answer.body : null);
  };
  return (
    <section class="card" aria-labelledby="bypass">
      <h2 id="bypass">{t('staff.bypass')}</h2>
      <form onSubmit={give}>
        <label class="field">
          <span>{t('staff.bypassNote')}</span>
          <input value={note} onInput={(event) => setNote(event.currentTarget.value)} required maxLength={120} />
        </label>
        <button type="submit" class="button">
          {t('staff.bypassGive')}
        </button>
      </form>
      {given?.links.map(({ url }) => (
        <p key={url} class="secret-link">
          <code>{url}</code>
        </p>
      ))}
      <p role="status">{told}</p>
    </section>
  );
}

function Codes({ session, sale }: Props) {
  const [sets, setSets] = useState<readonly CodeSetView[]>([]);
  const [name, setName] = useState('');
  const [count, setCount] = useState(100);
  const [usesMax, setUsesMax] = useState(1);
  const [told, setTold] = useState('');
  const read = () =>
    staffApi.listCodeSets(sale.id).then((answer) => answer.kind === 'ok' && setSets(answer.body.codeSets));
  useEffect(() => void read(), [sale.id]);
  const make = async (event: Event) => {
    event.preventDefault();
    const wish = { name: name.trim(), count, usesMax, phaseIds: [], expiresAt: null, invite: null };
    setTold(toldAfter(await staffApi.createCodeSet(session, sale.id, wish)));
    await read();
  };
  const path = `/api/v1/organizer/sales/${sale.id}/code-sets`;
  return (
    <section class="card" aria-labelledby="codes">
      <h2 id="codes">{t('staff.codes')}</h2>
      <ul>
        {sets
          .filter(({ purpose }) => purpose === 'access')
          .map((set) => (
            <li key={set.id}>
              <b>{set.name}</b> {t('staff.codesUsed', { used: set.codesUsed, count: set.count })}{' '}
              <a href={`${path}/${set.id}/codes`} download>
                {t('staff.codesFile')}
              </a>
            </li>
          ))}
      </ul>
      <form onSubmit={make}>
        <label class="field">
          <span>{t('staff.codesName')}</span>
          <input value={name} onInput={(event) => setName(event.currentTarget.value)} required maxLength={120} />
        </label>
        <CodeFigure label={t('staff.codesCount')} value={count} most={100_000} onInput={setCount} />
        <CodeFigure label={t('staff.codesUses')} value={usesMax} most={1_000_000} onInput={setUsesMax} />
        <button type="submit" class="button">
          {t('staff.codesMake')}
        </button>
      </form>
      <p role="status">{told}</p>
    </section>
  );
}

type Figure = { label: string; value: number; most: number; onInput: (value: number) => void };

function CodeFigure({ label, value, most, onInput }: Figure) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="number"
        min={1}
        max={most}
        value={value}
        onInput={(event) => onInput(Number(event.currentTarget.value))}
      />
    </label>
  );
}
