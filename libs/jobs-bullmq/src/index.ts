export { type JobRunnerOptions, jobRunner } from './job-runner.ts';
