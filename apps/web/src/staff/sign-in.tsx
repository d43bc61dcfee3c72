// Staff signs in with address and password.
import { useState } from 'preact/hooks';
import { staffApi } from '../api/staff-api.ts';
import { t } from '../language/language.ts';
import { Field } from '../ui/field.tsx';
import { Heading } from '../ui/page.tsx';
import { markSignedIn } from './signed-in-marker.ts';

export function SignIn({ done }: { done: () => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const send = async (event: Event) => {
    event.preventDefault();
    const answer = await staffApi.signIn({ email: email.trim(), password });
    if (answer.kind === 'ok') {
      markSignedIn('in');
      return done();
    }
    const tooMany = answer.kind === 'problem' && answer.problem.status === 429;
    setProblem(t(answer.kind === 'unreachable' ? 'connection.lost' : tooMany ? 'staff.tooMany' : 'staff.wrong'));
  };
  return (
    <form class="sign-in" onSubmit={send}>
      <Heading>{t('staff.signIn')}</Heading>
      <Field
        name="email"
        type="email"
        label={t('contact.email')}
        problem={undefined}
        value={email}
        onInput={setEmail}
        autocomplete="username"
      />
      <Field
        name="password"
        type="password"
        label={t('staff.password')}
        problem={problem || undefined}
        value={password}
        onInput={setPassword}
        autocomplete="current-password"
      />
      <button type="submit" class="button primary">
        {t('staff.signIn')}
      </button>
    </form>
  );
}
