// Writes down the first failure of a run as it happens, because jest writes no report of a run that ends at its first
// failure: `{ file, title }`, or `{ file, message }` of a suite that did not load.
import { existsSync, writeFileSync } from 'node:fs';

export default class FirstFailureReporter {
  #path;

  constructor(_config, { path }) {
    this.#path = path;
  }

  onTestResult(_test, { testFilePath: file, testResults, failureMessage }) {
    const failed = testResults.find(({ status }) => status === 'failed');
    if ((failed === undefined && !failureMessage) || existsSync(this.#path)) return;
    const how = failed === undefined ? { message: failureMessage } : { title: failed.fullName };
    writeFileSync(this.#path, JSON.stringify({ file, ...how }));
  }
}
