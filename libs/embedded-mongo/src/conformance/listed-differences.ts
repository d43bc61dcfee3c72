// Where this server answers otherwise than the recorded MongoDB 4.2.0, and why that is right: it follows the servers
// from 4.4 to 7.0, whose version it tells. Each is listed with the answer it gives, so that no other slips through.
// The README says the same in fewer words.
import type { ShortAnswer } from './play-scenario.ts';

type Listed = {
  readonly reason: string;
  readonly answer: ShortAnswer;
  /** Steps by the name of their scenario. */
  readonly steps: Readonly<Record<string, readonly number[]>>;
};

export const listedDifferences: readonly Listed[] = [
  {
    reason:
      'From 4.4 a transaction may make collections, by command or by its first write; its later statements then go on.',
    answer: 'ok',
    steps: {
      'statements-not-allowed': [67],
      'statements-not-allowed-as-first': [13, 14, 15],
      'statements-implicit-creation': [2, 3, 4, 6, 7, 8, 10, 11, 12, 13],
    },
  },
  {
    reason:
      'From 4.4 createIndexes is known inside of transactions, so that its failure on a collection with documents ends the transaction.',
    answer: 251,
    steps: { 'statements-not-allowed': [72, 73] },
  },
  {
    reason: 'From 4.4 the server itself adds RetryableWriteError to a commit that failed for a reason that may pass.',
    answer: 91,
    steps: { 'failpoint-commit': [3] },
  },
  {
    reason: 'From 4.4 the server itself adds RetryableWriteError to a write concern error that may pass.',
    answer: 'ok',
    steps: { 'failpoint-commit': [19] },
  },
  {
    reason: 'hello is known from 4.4.2 on.',
    answer: 'ok',
    steps: { 'server-hello': [0] },
  },
  {
    reason: 'From 4.4 projections of find are those of aggregation and share their codes.',
    answer: 28724,
    steps: { 'find-projection-slice': [10] },
  },
  {
    reason: 'From 4.4 what find does not take for its own $slice is read as the expression, which wants two arguments.',
    answer: 28667,
    steps: { 'find-projection-slice': [11] },
  },
  {
    reason: 'From 4.4 a positional projection without an array in the filter fails when it is executed.',
    answer: 51246,
    steps: { 'find-projection-positional': [4] },
  },
  { reason: 'From 4.4 an empty $project has this code.', answer: 51272, steps: { 'agg-project-errors': [1] } },
  {
    reason: 'From 4.4 an exclusion in an inclusion has this code.',
    answer: 31254,
    steps: { 'agg-project-errors': [2] },
  },
  {
    reason: 'From 4.4 an operator that is not known in a projection has this code.',
    answer: 31325,
    steps: { 'agg-project-errors': [3] },
  },
  {
    reason: 'From 4.4 two operators in one expression are told by the code all expressions have.',
    answer: 15983,
    steps: { 'agg-project-errors': [7] },
  },
  {
    reason: 'From 4.4 a flag that regular expressions do not have is refused; 4.2 overlooked it.',
    answer: 51108,
    steps: { 'find-logic-errors': [18] },
  },
  {
    reason: 'From 5.0 $skip below zero has this code.',
    answer: 5107200,
    steps: { 'agg-match-sort-skip-limit': [7] },
  },
  {
    reason: 'From 5.0 a $limit that is no number has this code.',
    answer: 2107201,
    steps: { 'agg-match-sort-skip-limit': [9] },
  },
  {
    reason: 'From 5.0 numbers out of their range are told by the parser of commands.',
    answer: 51024,
    steps: { 'cursor-of-aggregate': [7], 'cursor-unknown': [7], 'cursor-option-types': [2] },
  },
  {
    reason: 'From 5.0 an operator without fields is allowed and does nothing.',
    answer: 'ok',
    steps: { 'update-set-errors': [15] },
  },
  {
    reason: 'From 5.0 field names of inserted documents may begin with a dollar.',
    answer: 'ok',
    steps: { 'insert-bad-ids-and-names': [2] },
  },
  {
    reason: 'From 5.0 documents of capped collections may be deleted.',
    answer: 'ok',
    steps: { 'create-capped': [3] },
  },
  {
    reason: 'From 5.0 there are snapshot reads outside of transactions.',
    answer: 'ok',
    steps: { 'server-read-and-write-concern-values': [9] },
  },
  {
    reason: 'From 5.0 a read concern level that is not known is a BadValue.',
    answer: 2,
    steps: { 'server-read-and-write-concern-values': [10], 'read-concern-values': [7] },
  },
  {
    reason: 'From 5.0 a value of the wrong type is a TypeMismatch wherever it stands.',
    answer: 14,
    steps: { 'server-required-fields': [5, 6, 7], 'server-end-sessions-unknown': [2], 'cursor-option-types': [4] },
  },
  {
    reason: 'A missing field is told by code 40414 everywhere, and from 7.0 the code is called IDLFailedToParse.',
    answer: 40414,
    steps: { 'server-required-fields': [1, 2, 3, 4], 'cursor-kill': [6], 'cursor-unknown': [6] },
  },
  {
    reason: 'An unknown field is told by code 40415 everywhere, and from 7.0 the code is called IDLUnknownField.',
    answer: 40415,
    steps: {
      'server-unknown-field-of-a-command': [1, 2, 3, 4, 5, 6],
      'server-read-and-write-concern-values': [4],
      'write-concern-values-on-commit': [5],
      'which-errors-abort': [6],
      'create-bad-options': [0],
      'cursor-of-aggregate': [8],
    },
  },
  {
    reason: 'From 7.0 making a collection again with the same options succeeds and changes nothing.',
    answer: 'ok',
    steps: { 'create-twice': [1] },
  },
  {
    reason: 'A write to a capped collection in a transaction fails as a whole command, as in newer servers.',
    answer: 263,
    steps: { 'capped-collection-inside': [1] },
  },
  {
    reason: 'The cursor of a dropped collection is gone; servers answer 43 or 175.',
    answer: 43,
    steps: { 'cursor-of-dropped-collection': [3] },
  },
  {
    reason: 'A name that is no string, or one of the system, is an invalid namespace; codes differ by version.',
    answer: 73,
    steps: { 'server-bad-names': [2, 5] },
  },
  {
    reason:
      'endSessions ends an open transaction at once; real servers do so at their next look at sessions, minutes later.',
    answer: 251,
    steps: { 'end-sessions-with-open-transaction': [3] },
  },
  {
    reason: 'What the ended session held is free for the next writer.',
    answer: 'ok',
    steps: { 'end-sessions-with-open-transaction': [4] },
  },
  {
    reason:
      '4.2.0 overlooks maxTimeMS in an upsert that waits; here it is kept to, and the command is answered in time.',
    answer: 'nothing',
    steps: { 'wait-upsert-overlooks-max-time-ms': [3] },
  },
  {
    reason: '4.2.0 has no old catalogue; here a collection made after the snapshot cannot be read in it.',
    answer: 246,
    steps: { 'transaction-after-collection-change-local': [5, 10, 18] },
  },
  {
    reason: 'The transaction has ended by the failure before.',
    answer: 251,
    steps: { 'transaction-after-collection-change-local': [6, 11, 19] },
  },
];

/** The reason of a difference, if it is listed with just this answer. */
export const reasonFor = (scenario: string, step: number, answer: ShortAnswer): string | undefined =>
  listedDifferences.find((listed) => listed.answer === answer && listed.steps[scenario]?.includes(step))?.reason;

/** Scenario and step of everything listed. */
export const allListed = (): { scenario: string; step: number }[] =>
  listedDifferences.flatMap(({ steps }) =>
    Object.entries(steps).flatMap(([scenario, numbers]) => numbers.map((step) => ({ scenario, step }))),
  );
