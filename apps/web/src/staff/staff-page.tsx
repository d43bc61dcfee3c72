// The operator's page: sign in, pick a sale, see the truth, slow down, stop, go on.
import type { SessionView } from '@onsale/contracts';
import { useEffect, useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { staffApi } from '../api/staff-api.ts';
import { SaleStatus } from '../events/sale-status.tsx';
import { speakToStaff, t } from '../language/language.ts';
import { enStaff } from '../language/messages-en-staff.ts';
import { Field } from '../ui/field.tsx';
import { Heading, Loading, UnreachablePage, useTitle } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { AdmissionPanel } from './admission-panel.tsx';
import { DoorsPanel } from './doors-panel.tsx';
import { markSignedIn, wasSignedIn } from './signed-in-marker.ts';
import '../styles/staff.css';

speakToStaff(enStaff);

export function StaffPage({ saleId }: { saleId: string | null }) {
  useTitle(t('staff.title'));
  const [known, setKnown] = useState(wasSignedIn);
  return known ? (
    <SignedIn saleId={saleId} signedOut={() => setKnown(false)} />
  ) : (
    <SignIn done={() => setKnown(true)} />
  );
}

function SignedIn({ saleId, signedOut }: { saleId: string | null; signedOut: () => void }) {
  const { asked, again } = useAnswer('session', staffApi.getSession);
  const refused = asked.kind === 'problem';
  useEffect(() => {
    if (!refused) return;
    markSignedIn('out');
    signedOut();
  }, [refused]);
  if (asked.kind === 'unreachable') return <UnreachablePage retry={again} />;
  if (asked.kind !== 'ok') return <Loading />;
  return <Console session={asked.body} saleId={saleId} signedOut={signedOut} />;
}

function SignIn({ done }: { done: () => void }) {
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

type ConsoleProps = { session: SessionView; saleId: string | null; signedOut: () => void };

function Console({ session, saleId, signedOut }: ConsoleProps) {
  const { asked, again } = useAnswer('events', fanApi.listEvents);
  const leave = async () => {
    await staffApi.signOut(session);
    markSignedIn('out');
    signedOut();
  };
  if (asked.kind === 'loading') return <Loading />;
  if (asked.kind !== 'ok') return <UnreachablePage retry={again} />;
  const sales = asked.body.events.flatMap((event) => event.sales.map((sale) => ({ event, sale })));
  const chosen = sales.find(({ sale }) => sale.id === saleId) ?? (sales.length === 1 ? sales[0] : undefined);
  return (
    <section class="console">
      <header class="console-head">
        <Heading>{t('staff.title')}</Heading>
        <p class="soft">
          {session.email} · {session.role}{' '}
          <button type="button" class="link" onClick={leave}>
            {t('staff.signOut')}
          </button>
        </p>
      </header>
      <ul class="console-sales">
        {sales.map(({ event, sale }) => (
          <li key={sale.id}>
            <a href={`/staff/sales/${sale.id}`} aria-current={chosen?.sale.id === sale.id ? 'page' : undefined}>
              <b>{event.title}</b> <span class="soft">{sale.name}</span>
              <SaleStatus sale={sale} timeZone={event.venue.timeZone} />
            </a>
          </li>
        ))}
      </ul>
      {chosen && <AdmissionPanel key={chosen.sale.id} session={session} sale={chosen.sale} />}
      {chosen && <DoorsPanel key={`doors-${chosen.sale.id}`} session={session} sale={chosen.sale} />}
    </section>
  );
}
