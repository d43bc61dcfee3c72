export { type JobRunnerOptions, jobRunner } from './job-runner.ts';
export { type JobsSeen, jobWatch } from './job-watch.ts';
