// `npm run lighthouse`: measures the fan's first pages of a running local stack with Lighthouse's mobile preset, in the
// machine's Chromium. Prints one table and ends with 1 when a page is below its goal. `-- --origin URL` names another
// stack, `-- --json FILE` keeps the figures.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { rootDir } from './build.mjs';

const GOALS = { performance: 95, accessibility: 100, 'best-practices': 100 };
const DEBUG_PORT = 9322;
const START_TRIES = 100;
const START_PAUSE_MS = 200;
const RUNS = 3; // the median counts: one run of a busy machine says little

const { values } = parseArgs({ options: { origin: { type: 'string' }, json: { type: 'string' } } });
const origin = values.origin ?? originOfStack();
const executablePath = ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find(Boolean);
if (origin === null) end('No stack is running here: say "npm start" first, or give one with -- --origin URL.');
if (executablePath === undefined) end('Lighthouse needs Chromium: "npm test" installs it on Debian and Ubuntu.');

const { default: lighthouse } = await import('lighthouse');
const browser = await openBrowser();
const results = [];
try {
  for (const [name, path] of await pages()) results.push(await measure(name, origin + path));
} finally {
  browser.close();
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
  return [
    ['programme', '/'],
    ['event', `/events/${event.slug}`],
    ['waiting', `/sales/${event.sales[0].id}`],
  ];
}

async function measure(name, url) {
  const runs = [];
  for (let run = 0; run < RUNS; run++) {
    const { lhr } = await lighthouse(url, {
      port: DEBUG_PORT,
      output: 'json',
      logLevel: 'error',
      onlyCategories: Object.keys(GOALS),
    });
    runs.push(lhr);
  }
  const slowed = await slowedPaint(url);
  const middle = runs.sort((a, b) => a.categories.performance.score - b.categories.performance.score)[RUNS >> 1];
  const score = (id) => Math.round(middle.categories[id].score * 100);
  const failed = Object.keys(GOALS).flatMap((category) =>
    middle.categories[category].auditRefs
      .filter(({ id, weight }) => weight > 0 && (middle.audits[id].score ?? 1) < 0.9)
      .map(({ id }) => `${id}${middle.audits[id].displayValue ? ` (${middle.audits[id].displayValue})` : ''}`),
  );
  const ms = (id) => Math.round(middle.audits[id].numericValue);
  return {
    name,
    ...Object.fromEntries(Object.keys(GOALS).map((id) => [id, score(id)])),
    firstPaintMs: ms('first-contentful-paint'),
    largestPaintMs: ms('largest-contentful-paint'),
    slowedPaintMs: slowed,
    blockedMs: ms('total-blocking-time'),
    layoutShift: Number(middle.audits['cumulative-layout-shift'].numericValue.toFixed(3)),
    bytes: ms('total-byte-weight'),
    failed,
  };
}

/** Largest paint with requests really slowed to slow 4G by the browser, instead of computed; the median of as many runs. */
async function slowedPaint(url) {
  const paints = [];
  for (let run = 0; run < RUNS; run++) {
    const { lhr } = await lighthouse(
      url,
      { port: DEBUG_PORT, output: 'json', logLevel: 'error', throttlingMethod: 'devtools' },
      { extends: 'lighthouse:default', settings: { onlyAudits: ['largest-contentful-paint'] } },
    );
    paints.push(Math.round(lhr.audits['largest-contentful-paint'].numericValue));
  }
  return paints.sort((a, b) => a - b)[RUNS >> 1];
}

function reaches(result) {
  return Object.entries(GOALS).every(([id, goal]) => result[id] >= goal);
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
    row.performance,
    row.accessibility,
    row['best-practices'],
    `${row.firstPaintMs} ms`,
    `${row.largestPaintMs} ms`,
    `${row.slowedPaintMs} ms`,
    `${row.blockedMs} ms`,
    row.layoutShift,
    row.bytes,
    row.failed.join(', '),
  ]);
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((line) => String(line[i]).length)));
  return [head, ...lines].map((line) => line.map((cell, i) => String(cell).padEnd(widths[i])).join('  ')).join('\n');
}

function originOfStack() {
  const file = join(rootDir, process.env.ONSALE_LOCAL_DIR ?? '.local', 'stack.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).origin : null;
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
