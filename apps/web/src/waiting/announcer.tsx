// The polite live region of the line: speaks when the screen changes and when the number ahead passes a mark, not at
// every tick.
import { peopleAhead } from '@onsale/domain';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../language/language.ts';
import type { Standing, WaitingScreen } from './waiting-screen.ts';

const MARKS = [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 1];

export function Announcer({ screen, standing }: { screen: WaitingScreen; standing: Standing }) {
  const [spoken, setSpoken] = useState('');
  const { place, line, position } = standing;
  const told = place?.number == null || line === null ? null : peopleAhead(line, place.number);
  const ahead = told === null ? null : (position?.ahead ?? told);
  const mark = ahead === null ? null : (MARKS.find((limit) => ahead >= limit) ?? 0);
  useEffect(() => {
    const words = t(`tab.${screen}`);
    setSpoken(
      screen === 'waiting' && ahead !== null ? `${words}. ${t('waiting.aheadSpoken', { count: ahead })}` : words,
    );
  }, [screen, mark]);
  return (
    <p class="sr-only" aria-live={screen === 'called' ? 'assertive' : 'polite'}>
      {spoken}
    </p>
  );
}
