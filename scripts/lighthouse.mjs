// `npm run lighthouse`: measures the fan's first pages with Lighthouse's mobile preset, in the machine's Chromium, on a stack
// of its own. Prints one table, each score as the lowest of all runs, and ends with 1 when a page is below its goal.
// `-- --origin URL` names another stack (its waiting page is then that of a fan who has not joined), `-- --only event` one
// page, `-- --json FILE` keeps the figures, `-- --trace FOLDER` the traces.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startOwnStack, waitingFan } from './own-stack.mjs';
import { prepare } from './prepare.mjs';

const GOALS = { performance: 95, accessibility: 100, 'best-practices': 100 };
const DEBUG_PORT = 9322;
const START_TRIES = 100;
const START_PAUSE_MS = 200;
const RUNS = 3;

const { values } = parseArgs({
  options: {
    origin: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'string' },
    trace: { type: 'string' },
  },
});
const executablePath = ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find(Boolean);
if (executablePath === undefined) end('Lighthouse needs Chromium: "npm test" installs it on Debian and Ubuntu.');
if (values.origin === undefined) await prepare({ say: (line) => console.error(line) });

const { default: lighthouse } = await import('lighthouse');
const own = values.origin === undefined ? await startOwnStack() : null;
const origin = own?.origin ?? values.origin;
const results = [];
let browser = null;
try {
  browser = await openBrowser();
  for (const page of await pages()) {
    if (values.only === undefined || values.only === page.name) results.push(await measure(page));
  }
} finally {
  browser?.close();
  await own?.stop();
}
console.log(table(results));
if (values.json) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
process.exit(results.every(reaches) ? 0 : 1);

async function openBrowser() {
  const profile = mkdtempSync(join(tmpdir(), 'onsale-lighthouse-'));
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`];
  const chromium = spawn(executablePath, [...flags, `--remote-debugging-port=${DEBUG_PORT}`], { stdio: 'ignore' });
  const close = () => {
    chromium.once('exit', () => rmSync(profile, { recursive: true, force: true }));
    chromium.kill();
  };
  for (let attempt = 0; attempt < START_TRIES; attempt++) {
    const up = await fetch(`http://127.0.0.1:${DEBUG_PORT}/json/version`).then(
      () => true,
      () => false,
    );
    if (up) return { close };
    await sleep(START_PAUSE_MS);
  }
  close();
  return end('Chromium did not start within 20 s.');
}

async function pages() {
  const { events } = await (await fetch(`${origin}/api/v1/events`)).json();
  const event = events.find(({ sales }) => sales.length > 0);
  if (event === undefined) end(`${origin} has no event with a sale.`);
  const fan = own === null ? null : await waitingFan(own);
  return [
    { name: 'programme', path: '/' },
    { name: 'event', path: `/events/${event.slug}` },
    { name: 'joining', path: `/sales/${event.sales[0].id}`, isWaiting: true },
    ...(fan === null ? [] : [{ name: 'waiting', path: `/sales/${fan.saleId}`, cookie: fan.cookie, isWaiting: true }]),
  ];
}

async function measure({ name, path, cookie, isWaiting = false }) {
  console.error(`measuring ${name}`);
  const runs = [];
  const shared = { port: DEBUG_PORT, output: 'json', logLevel: 'error', ...(cookie && { extraHeaders: { cookie } }) };
  for (let run = 0; run < RUNS; run++) {
    const { lhr, artifacts } = await lighthouse(origin + path, { ...shared, onlyCategories: Object.keys(GOALS) });
    runs.push(lhr);
    if (values.trace) keepTrace(`${name}-${run}`, artifacts);
  }
  const slowed = isWaiting ? await slowedPaint(origin + path, shared) : null;
  const scores = (id) => runs.map(({ categories }) => Math.round(categories[id].score * 100));
  const failed = runs.flatMap(({ audits, categories }) =>
    Object.keys(GOALS).flatMap((id) =>
      categories[id].auditRefs
        .filter((audit) => audit.weight > 0 && (audits[audit.id].score ?? 1) < 0.9)
        .map((audit) => `${audit.id}${audits[audit.id].displayValue ? ` (${audits[audit.id].displayValue})` : ''}`),
    ),
  );
  const middle = (id) => median(runs.map(({ audits }) => audits[id].numericValue));
  return {
    name,
    scores: Object.fromEntries(Object.keys(GOALS).map((id) => [id, scores(id)])),
    firstPaintMs: Math.round(middle('first-contentful-paint')),
    largestPaintMs: Math.round(middle('largest-contentful-paint')),
    slowedPaintMs: slowed,
    blockedMs: runs.map(({ audits }) => Math.round(audits['total-blocking-time'].numericValue)),
    layoutShift: Number(middle('cumulative-layout-shift').toFixed(3)),
    bytes: Math.round(middle('total-byte-weight')),
    failed: [...new Set(failed)],
  };
}

function keepTrace(name, artifacts) {
  mkdirSync(values.trace, { recursive: true });
  writeFileSync(join(values.trace, `${name}.json`), JSON.stringify(artifacts.Trace ?? artifacts.traces?.defaultPass));
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

/** Largest paint with requests really slowed to slow 4G by the browser, instead of computed; the median of as many runs. */
async function slowedPaint(url, shared) {
  const paints = [];
  for (let run = 0; run < RUNS; run++) {
    const { lhr } = await lighthouse(
      url,
      { ...shared, throttlingMethod: 'devtools' },
      { extends: 'lighthouse:default', settings: { onlyAudits: ['largest-contentful-paint'] } },
    );
    paints.push(Math.round(lhr.audits['largest-contentful-paint'].numericValue));
  }
  return median(paints);
}

function reaches(result) {
  return Object.entries(GOALS).every(([id, goal]) => Math.min(...result.scores[id]) >= goal);
}

function table(rows) {
  const head = [
    'page',
    'perf',
    'a11y',
    'best',
    'first paint',
    'largest paint',
    'really slowed',
    'blocked',
    'shift',
    'bytes',
    '',
  ];
  const lines = rows.map((row) => [
    row.name,
    ...Object.keys(GOALS).map((id) => row.scores[id].join(' ')),
    `${row.firstPaintMs} ms`,
    `${row.largestPaintMs} ms`,
    row.slowedPaintMs === null ? '' : `${row.slowedPaintMs} ms`,
    `${row.blockedMs.join(' ')} ms`,
    row.layoutShift,
    row.bytes,
    row.failed.join(', '),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((line) => String(line[i]).length)));
  return [head, ...lines].map((line) => line.map((cell, i) => String(cell).padEnd(widths[i])).join('  ')).join('\n');
}

function onPath(program) {
  return (process.env.PATH ?? '')
    .split(':')
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

function end(sentence) {
  console.error(sentence);
  process.exit(1);
}
