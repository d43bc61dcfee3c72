// Doors that are not simply open: a mailbox to prove, an invitation for one address, a link of staff. Fetched when needed.
import type { BypassPass } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../api/request.ts';
import { forgetRequest, idempotencyKeyFor } from '../booking/idempotency.ts';
import { currentLocale, t } from '../language/language.ts';
import { navigate } from '../routing/location.ts';
import type { ScreenProps } from '../waiting/waiting-page.tsx';
import { doorApi } from './door-api.ts';

const PAST_TRIES_MAX = 15; // a minute's patience for a full shop
const PAST_PAUSE_MS = 4_000;

export type DoorWish = {
  /** What the link that was opened holds, behind the # of the address. */
  readonly secret: { readonly kind: 'identity' | 'bypass'; readonly value: string } | null;
  /** What joining was refused for. */
  readonly asks: 'mailbox' | 'address' | null;
  /** The code that was typed, for an invitation. */
  readonly accessCode: string;
  readonly done: () => void;
};

export function DoorControls(props: ScreenProps & DoorWish) {
  const { secret, asks } = props;
  if (secret?.kind === 'bypass') return <ComePast {...props} code={secret.value} />;
  if (secret?.kind === 'identity') return <ConfirmMailbox {...props} token={secret.value} />;
  return asks === 'address' ? <InvitedAddress {...props} /> : <AskForLink {...props} />;
}

function ComePast({ standing, code }: ScreenProps & { code: string }) {
  const [told, setTold] = useState<PastWords | null>(null);
  const [busy, setBusy] = useState(false);
  const comeIn = async () => {
    setBusy(true);
    const attempt = { code, key: idempotencyKeyFor({ bypass: code }) };
    for (let tries = 1; ; tries++) {
      const answer = await doorApi.comePast(standing.sale.id, attempt);
      if (answer.kind === 'ok') {
        forgetRequest();
        return navigate(`/sales/${standing.sale.id}/shop`);
      }
      setTold(pastWords(answer));
      if (!isPassing(answer) || tries === PAST_TRIES_MAX) return setBusy(false);
      await new Promise((resolve) => setTimeout(resolve, PAST_PAUSE_MS));
    }
  };
  return (
    <div class="join">
      <p class="stage-text">{t('door.pastText')}</p>
      <button type="button" class="button glow big" onClick={comeIn} disabled={busy}>
        {t('door.past')}
      </button>
      <p class="problem" role="alert">
        {told && t(told)}
      </p>
    </div>
  );
}

type PastWords = 'door.full' | 'door.pastUsed' | 'lobby.notNow';

/** The shop is full or somebody is away for a moment: the next try may succeed. */
function isPassing(answer: Answer<BypassPass>): boolean {
  return answer.kind === 'unreachable' || (answer.kind === 'problem' && answer.problem.status === 503);
}

function pastWords(answer: Answer<BypassPass>): PastWords {
  if (isPassing(answer)) return 'door.full';
  const isClosed = answer.kind === 'problem' && answer.problem.code === 'sale_not_open';
  return isClosed ? 'lobby.notNow' : 'door.pastUsed';
}

/** The link from the mail was opened here: this browser is that mailbox's fan now, and joins at once. */
function ConfirmMailbox({ follower, token, done }: ScreenProps & DoorWish & { token: string }) {
  const [old, setOld] = useState(false);
  useEffect(() => {
    void (async () => {
      const answer = await doorApi.confirm(token);
      if (answer.kind !== 'ok') return setOld(true);
      await follower.join({ locale: currentLocale() });
      done();
    })();
  }, [token]);
  return (
    <p class="problem" role="alert">
      {old && t('door.linkOld')}
    </p>
  );
}

function AskForLink({ standing }: ScreenProps) {
  const [told, setTold] = useState<'sent' | 'tooMany' | null>(null);
  const { id, identity } = standing.sale;
  const ask = async (email: string) => {
    const ofSale = identity === 'email' ? { saleId: id } : {};
    const answer = await doorApi.requestLink({ email, locale: currentLocale(), ...ofSale });
    setTold(answer.kind === 'ok' ? 'sent' : 'tooMany');
  };
  return <AddressForm text={t('door.emailText')} button={t('door.send')} send={ask} told={told && t(`door.${told}`)} />;
}

function InvitedAddress({ follower, accessCode }: ScreenProps & DoorWish) {
  const [refused, setRefused] = useState(false);
  const join = async (email: string) => {
    const answer = await follower.join({ locale: currentLocale(), accessCode, email });
    setRefused(answer.kind !== 'ok');
  };
  const told = refused ? t('lobby.codeInvalid') : null;
  return <AddressForm text={t('door.invited')} button={t('lobby.join')} send={join} told={told} />;
}

type AddressProps = { text: string; button: string; send: (email: string) => Promise<void>; told: string | null };

function AddressForm({ text, button, send, told }: AddressProps) {
  const [email, setEmail] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    void send(email.trim());
  };
  return (
    <form class="join" onSubmit={submit}>
      <p class="stage-text">{text}</p>
      <label class="field">
        <span>{t('door.email')}</span>
        <input
          type="email"
          value={email}
          onInput={(event) => setEmail(event.currentTarget.value)}
          autocomplete="email"
          required
          maxLength={254}
        />
      </label>
      <button type="submit" class="button glow big">
        {button}
      </button>
      <p class="problem" role="alert">
        {told}
      </p>
    </form>
  );
}
