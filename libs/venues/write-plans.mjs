// Writes the plan files from their facts: node libs/venues/write-plans.mjs
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('./src/sibelius-hall/', import.meta.url));
const scratch = await mkdtemp(join(tmpdir(), 'onsale-plans-'));
const outfile = join(scratch, 'plan.mjs');
await build({ entryPoints: [`${folder}plan.ts`], bundle: true, format: 'esm', platform: 'node', outfile });
const { sibeliusHallPlan } = await import(pathToFileURL(outfile).href);
await rm(scratch, { recursive: true });
await writeFile(`${folder}sibelius-hall.json`, onePerLine(sibeliusHallPlan()));

/** One seat per line, so that a change of the layout can be read in a diff. */
function onePerLine({ sections, ...head }) {
  const seat = (value) =>
    `            { ${Object.entries(value)
      .map(([key, part]) => `"${key}": ${JSON.stringify(part)}`)
      .join(', ')} }`;
  const row = ({ id, label, seats }) =>
    `        {\n          "id": ${JSON.stringify(id)},\n          "label": ${JSON.stringify(label)},\n          "seats": [\n${seats.map(seat).join(',\n')}\n          ]\n        }`;
  const section = ({ id, name, rows }) =>
    `    {\n      "id": ${JSON.stringify(id)},\n      "name": ${JSON.stringify(name)},\n      "rows": [\n${rows.map(row).join(',\n')}\n      ]\n    }`;
  const { width, height, focus } = head;
  return `{\n  "width": ${width},\n  "height": ${height},\n  "focus": { "x": ${focus.x}, "y": ${focus.y} },\n  "sections": [\n${sections.map(section).join(',\n')}\n  ]\n}\n`;
}
