// Answers that came with the page itself: the page server asked for them already, so the first drawing needs no request.
// They count once. Whoever comes to the same page later asks anew.

export type GivenAnswers = Readonly<Record<string, unknown>>;

let given: GivenAnswers = {};

/** By path of the API, as in `/api/v1/events`. */
export function giveAnswers(answers: GivenAnswers): void {
  given = answers;
}

/** Undefined when the answer to this path did not come with the page. */
export const givenAnswer = <Body>(path: string): Body | undefined => given[path] as Body | undefined;
