// `npm run bench -- page`: brings the figures of .local/bench/*.json into the table of docs/performance.md. A row that was
// measured anew replaces the one with its name; all others stay, each with the commit it was measured at.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootDir } from './build.mjs';

const PAGE = join(rootDir, 'docs/performance.md');
const BEGIN = '<!-- figures: written by `npm run bench -- page` -->';
const END = '<!-- end of figures -->';
const HEAD = ['| goal | what | median (range) | wanted | commit |', '|---|---|---|---|---|'];

const page = readFileSync(PAGE, 'utf8');
const [before, rest] = page.split(BEGIN);
const [table, after] = (rest ?? '').split(END);
if (after === undefined) throw new Error(`${PAGE} has no place for the figures`);
const rows = new Map();
for (const line of table.trim().split('\n').slice(HEAD.length)) rows.set(nameOf(line), line);
for (const name of ['waiting-room', 'booking']) {
  const file = join(rootDir, '.local/bench', `${name}.json`);
  if (!existsSync(file)) continue;
  for (const line of linesOf(JSON.parse(readFileSync(file, 'utf8')))) rows.set(nameOf(line), line);
}
const sorted = [...rows.values()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
writeFileSync(PAGE, `${before}${BEGIN}\n${[...HEAD, ...sorted].join('\n')}\n${END}${after}`);
console.log(`${sorted.length} rows in docs/performance.md`);

function linesOf({ commit, ratios = [], costs = [], results = [] }) {
  const line = (id, what, figure, wanted) => `| ${id} | ${what} | ${figure} | ${wanted || '–'} | ${commit} |`;
  return [
    ...ratios.map(({ id, what, goal, ratio, range, value, baseline, unit, baselineSpread }) => {
      const doubt = baselineSpread > 0.15 ? `; baseline spread ${Math.round(baselineSpread * 100)} %` : '';
      const figure = `**${show(ratio)}** (${show(range[0])}–${show(range[1])}): ${show(value)} / ${show(baseline)} ${unit}${doubt}`;
      return line(id, what, figure, goal);
    }),
    ...costs.map(({ id, what, value, unit, goal }) => line(id, what, `**${show(value)}** ${unit}`, goal)),
    ...results.map(({ id, what, median, range: [least, most], note }) =>
      line(id, what, `**${show(median)}**${least === most ? '' : ` (${show(least)}–${show(most)})`}`, wantedOf(note)),
    ),
  ];
}

function wantedOf(note) {
  return note.replace(/^goal /, '').replaceAll('|', '\\|');
}

function nameOf(line) {
  return line.split('|').slice(1, 3).join('|').trim();
}

function show(value) {
  const size = Math.abs(value);
  return size >= 100 ? String(Math.round(value)) : size >= 10 ? value.toFixed(1) : value.toFixed(size < 0.1 ? 3 : 2);
}
