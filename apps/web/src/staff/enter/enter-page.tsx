// The ways in for who has no password yet: the first owner's sign-up, an invitation, a forgotten password. The token of
// a mailed link stands behind `#`, so that it is sent to nobody but the route it is for.
import { useState } from 'preact/hooks';
import { accountApi } from '../../api/account-api.ts';
import type { Answer } from '../../api/request.ts';
import { t } from '../../language/language.ts';
import { Field } from '../../ui/field.tsx';
import { Heading } from '../../ui/page.tsx';
import { Told, useAct } from '../form/use-act.tsx';
import { markSignedIn } from '../signed-in-marker.ts';

type Given = {
  readonly setupCode: string;
  readonly email: string;
  readonly password: string;
  readonly token: string;
};
type Door = {
  readonly fields: readonly (keyof Given)[];
  readonly ask: (given: Given) => Promise<Answer<unknown>>;
  /** Whether one is inside afterwards. */
  readonly entersBy: 'session' | 'sign_in';
};

const doors = {
  setup: {
    fields: ['setupCode', 'email', 'password'],
    ask: ({ setupCode, email, password }) => accountApi.setUp({ setupCode, email, password }),
    entersBy: 'session',
  },
  join: {
    fields: ['password'],
    ask: ({ token, password }) => accountApi.acceptInvitation({ token, password }),
    entersBy: 'session',
  },
  forgot: {
    fields: ['email'],
    ask: ({ email }) => accountApi.requestPasswordReset(email),
    entersBy: 'sign_in',
  },
  'new-password': {
    fields: ['password'],
    ask: ({ token, password }) => accountApi.resetPassword({ token, password }),
    entersBy: 'sign_in',
  },
} as const satisfies Record<string, Door>;

export type DoorName = keyof typeof doors;

export const isDoor = (name: string | null): name is DoorName => name !== null && Object.hasOwn(doors, name);

export function EnterPage({ name }: { name: DoorName }) {
  const door: Door = doors[name];
  const acting = useAct();
  const [isDone, setDone] = useState(false);
  const [given, setGiven] = useState<Given>(() => ({ ...NOTHING, token: location.hash.slice(1) }));
  const send = async (event: Event) => {
    event.preventDefault();
    const all = { ...given, email: given.email.trim(), setupCode: given.setupCode.trim() };
    if ((await acting.act(() => door.ask(all), t(`staff.enter_${name}_done`))) === undefined) return;
    setDone(true);
    if (door.entersBy === 'sign_in') return;
    markSignedIn('in');
    location.assign('/staff');
  };
  return (
    <form class="sign-in" onSubmit={send}>
      <Heading>{t(`staff.enter_${name}`)}</Heading>
      <p class="soft">{t(`staff.enter_${name}_text`)}</p>
      {!isDone && (
        <>
          {door.fields.map((field) => (
            <EnterField
              key={field}
              field={field}
              value={given[field]}
              problem={acting.problemOf(field)}
              onInput={(value) => setGiven({ ...given, [field]: value })}
            />
          ))}
          <button type="submit" class="button primary" disabled={acting.busy}>
            {t(`staff.enter_${name}_do`)}
          </button>
        </>
      )}
      <Told {...acting} />
      <p>
        <a href="/staff">{t('staff.signIn')}</a>
      </p>
    </form>
  );
}

const NOTHING: Given = { setupCode: '', email: '', password: '', token: '' };

type FieldProps = {
  field: keyof Given;
  value: string;
  problem: string | undefined;
  onInput: (value: string) => void;
};

function EnterField({ field, ...rest }: FieldProps) {
  if (field === 'email') {
    return <Field {...rest} name="email" type="email" label={t('contact.email')} autocomplete="username" />;
  }
  if (field === 'password') {
    const words = { label: t('staff.newPassword'), hint: t('staff.newPasswordHint') };
    return <Field {...rest} {...words} name="password" type="password" autocomplete="new-password" />;
  }
  return <Field {...rest} name="setupCode" label={t('staff.setupCode')} autocomplete="off" />;
}
