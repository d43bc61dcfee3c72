// The console's door: who is not signed in signs in here, and everybody else goes on to the console.
import { useEffect, useState } from 'preact/hooks';
import { staffApi } from '../api/staff-api.ts';
import { speakToStaff, t } from '../language/language.ts';
import { enStaff } from '../language/messages-en-staff.ts';
import { Loading, NotFoundPage, UnreachablePage, useTitle } from '../ui/page.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { Console } from './console.tsx';
import { EnterPage, isDoor } from './enter/enter-page.tsx';
import { SignIn } from './sign-in.tsx';
import { markSignedIn, wasSignedIn } from './signed-in-marker.ts';
import { StaffSession } from './staff-session.ts';
import '../styles/staff.css';
import '../styles/console.css';
import '../styles/charts.css';

speakToStaff(enStaff);

/** Which sale, and which part of its console; null for the overview. */
export type ConsoleAddress = {
  readonly saleId: string | null;
  readonly section: string | null;
  readonly draftId?: string | null;
};

export function StaffPage(address: ConsoleAddress) {
  useTitle(t('staff.title'));
  const [known, setKnown] = useState(wasSignedIn);
  return known ? (
    <SignedIn address={address} signedOut={() => setKnown(false)} />
  ) : (
    <SignIn done={() => setKnown(true)} />
  );
}

/** For who has no password yet. */
export function StaffDoorPage({ door }: { door: string }) {
  useTitle(t('staff.title'));
  return isDoor(door) ? <EnterPage name={door} /> : <NotFoundPage />;
}

function SignedIn({ address, signedOut }: { address: ConsoleAddress; signedOut: () => void }) {
  const { asked, again } = useAnswer('session', staffApi.getSession);
  const refused = asked.kind === 'problem';
  useEffect(() => {
    if (!refused) return;
    markSignedIn('out');
    signedOut();
  }, [refused]);
  if (asked.kind === 'unreachable') return <UnreachablePage retry={again} />;
  if (asked.kind !== 'ok') return <Loading />;
  return (
    <StaffSession.Provider value={asked.body}>
      <Console address={address} signedOut={signedOut} />
    </StaffSession.Provider>
  );
}
