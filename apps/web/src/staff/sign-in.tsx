// Staff signs in with address and password, and the code of an authenticator where there is one.
import { useState } from 'preact/hooks';
import { staffApi } from '../api/staff-api.ts';
import { t } from '../language/language.ts';
import { Field } from '../ui/field.tsx';
import { Heading } from '../ui/page.tsx';
import { markSignedIn } from './signed-in-marker.ts';

export function SignIn({ done }: { done: () => void }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [problem, setProblem] = useState('');
  const send = async (event: Event) => {
    event.preventDefault();
    const answer = await staffApi.signIn({ email: email.trim(), password, ...(asksCode && { code: code.trim() }) });
    if (answer.kind === 'ok') {
      markSignedIn('in');
      return done();
    }
    if (answer.kind === 'problem' && answer.problem.code === 'second_factor_required') {
      setProblem('');
      return setAsksCode(true);
    }
    const wrong = asksCode ? 'staff.codeWrong' : 'staff.wrong';
    const tooMany = answer.kind === 'problem' && answer.problem.status === 429;
    setProblem(t(answer.kind === 'unreachable' ? 'connection.lost' : tooMany ? 'staff.tooMany' : wrong));
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
        problem={(!asksCode && problem) || undefined}
        value={password}
        onInput={setPassword}
        autocomplete="current-password"
      />
      {asksCode && (
        <Field
          name="code"
          label={t('staff.code')}
          hint={t('staff.codeHint')}
          problem={problem || undefined}
          value={code}
          onInput={setCode}
          autocomplete="one-time-code"
        />
      )}
      <button type="submit" class="button primary">
        {t('staff.signIn')}
      </button>
      <p>
        <a href="/staff/forgot">{t('staff.forgot')}</a>
      </p>
    </form>
  );
}
