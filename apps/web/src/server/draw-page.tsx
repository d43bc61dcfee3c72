// Draws a page to text with the very components that run in the browser. Drawing is one synchronous step: the language, the
// address and the answers it is drawn from are set just before and cannot be mixed up between requests.
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type GivenAnswers, giveAnswers } from '../api/given-answers.ts';
import { App } from '../app.tsx';
import { speak, type Words } from '../language/language.ts';
import { renderAt } from '../routing/location.ts';
import { titleDrawn } from '../ui/page.tsx';

export type Drawing = {
  readonly words: Words;
  readonly path: string;
  readonly query: string;
  readonly answers: GivenAnswers;
  /** Stands in place of the page at the path. */
  readonly content?: () => ComponentChildren;
};

export type Drawn = { readonly body: string; readonly title: string };

export function drawPage({ words, path, query, answers, content }: Drawing): Drawn {
  speak(words);
  renderAt({ path, query: new URLSearchParams(query) });
  giveAnswers(answers);
  const body = renderToString(<App>{content?.()}</App>);
  return { body, title: titleDrawn() };
}
