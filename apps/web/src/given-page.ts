// What the page server sends along with a page it has drawn: the answers it drew it from, and in which language.
import type { GivenAnswers } from './api/given-answers.ts';

export const GIVEN_PAGE_ID = 'given';

export type GivenPage = {
  readonly language: string;
  readonly locale: string;
  /** The server's time when it was drawn, RFC 3339. */
  readonly at: string;
  readonly answers: GivenAnswers;
};

/** Null when the page came without its content. */
export function givenPage(document: Document): GivenPage | null {
  const text = document.getElementById(GIVEN_PAGE_ID)?.textContent;
  return text ? (JSON.parse(text) as GivenPage) : null;
}
