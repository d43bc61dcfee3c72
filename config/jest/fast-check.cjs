// fast-check as the tests have it: every run tries the same cases, so that it is red by a change and never by chance.
// `ONSALE_TEST_SEED=<number>` tries others and `ONSALE_TEST_RUNS=30` thirty times as many, where new faults are looked for.
const fc = require('../../node_modules/fast-check/lib/cjs/fast-check.js');

const SEED = 20_260_101;
const USUAL_RUNS = 100; // of fast-check itself
const times = Number(process.env.ONSALE_TEST_RUNS ?? 1);

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.ONSALE_TEST_SEED ?? SEED) });

const assert = (property, options = {}) =>
  fc.assert(property, { ...options, numRuns: (options.numRuns ?? USUAL_RUNS) * times });
module.exports = times === 1 ? fc : { ...fc, assert };
