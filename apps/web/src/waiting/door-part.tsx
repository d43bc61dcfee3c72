// The controls of special doors are a part of their own, fetched when a link or an answer asks for them.
import { useEffect, useState } from 'preact/hooks';
import type { DoorWish } from '../doors/door-controls.tsx';
import { needShopWords } from '../language/language.ts';
import { Loading } from '../ui/page.tsx';
import type { ScreenProps } from './waiting-page.tsx';

type Controls = typeof import('../doors/door-controls.tsx');

export function DoorPart(props: ScreenProps & DoorWish) {
  const [controls, setControls] = useState<Controls | null>(null);
  useEffect(() => {
    Promise.all([import('../doors/door-controls.tsx'), needShopWords()]).then(
      ([part]) => setControls(part),
      () => undefined, // without a connection the banner says so; the page asks again when it is opened anew
    );
  }, []);
  return controls === null ? <Loading /> : <controls.DoorControls {...props} />;
}

/** What the link that was opened holds behind its #: no server ever sees it. Null before the page runs. */
export function useSecrets(): { readonly values: URLSearchParams | null; readonly forget: () => void } {
  const [values, setValues] = useState<URLSearchParams | null>(null);
  useEffect(() => setValues(new URLSearchParams(location.hash.slice(1))), []);
  const forget = () => {
    history.replaceState(null, '', location.pathname + location.search);
    setValues(null);
  };
  return { values, forget };
}
