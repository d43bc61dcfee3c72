// The entry of the pages in a browser. A page that came whole from the page server is taken over as it stands; otherwise
// it is drawn anew.
import { hydrate, render } from 'preact';
import { giveAnswers } from './api/given-answers.ts';
import { App } from './app.tsx';
import { learnServerTime } from './clock/server-clock.ts';
import { type GivenPage, givenPage } from './given-page.ts';
import { firstKnown, loadMessages, speak } from './language/language.ts';
import { startLanguage } from './language/language-choice.tsx';
import { awaitReturn, OFFLINE_MARK } from './offline/await-return.ts';
import { registerForOffline } from './offline/register.ts';
import { followLinks } from './routing/location.ts';
import './styles/index.css';

const root = document.getElementById('app');
if (root !== null) void start(root, givenPage(document));

async function start(into: HTMLElement, given: GivenPage | null): Promise<void> {
  document.documentElement.dataset.taken = 'over'; // the page asks from here on, not the line that watched for us
  followLinks();
  registerForOffline();
  if (document.getElementById(OFFLINE_MARK) !== null) return awaitReturn();
  if (given === null) {
    await startLanguage();
    into.textContent = '';
    return render(<App />, into);
  }
  learnTimeOfPage(given);
  const language = firstKnown([given.language]);
  speak({ language, locale: given.locale, messages: await loadMessages(language) });
  giveAnswers(given.answers);
  hydrate(<App />, into);
  giveAnswers({});
}

// The page itself may have been kept for a second; the header that came with it is from the moment of sending.
function learnTimeOfPage({ at }: GivenPage): void {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (navigation === undefined) return;
  const serverTime = navigation.serverTiming?.find(({ name }) => name === 'now')?.description ?? at;
  const sentAtMs = performance.timeOrigin + navigation.requestStart;
  learnServerTime({ serverTime, sentAtMs, receivedAtMs: performance.timeOrigin + navigation.responseStart });
}
