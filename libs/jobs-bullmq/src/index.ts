export { type RecurringJob, recurringJobs } from './job-catalogue.ts';
export { type JobRunnerOptions, jobRunner } from './job-runner.ts';
