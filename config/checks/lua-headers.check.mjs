// Every Lua script says what it does, and its header lists as many keys and arguments as the TypeScript beside it hands
// over: `keys: [...]` and `args: [...]` of its call. A last `ARGV[n..]` stands for any number.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, parse, walk } from './repository.mjs';

export const name = 'headers of Lua scripts';

const SECTIONS = ['Purpose', 'KEYS', 'ARGV', 'Returns', 'Keeps', 'Cost'];

export function findFaults(root) {
  return listFiles(root)
    .filter((path) => path.endsWith('.lua'))
    .flatMap((path) => {
      const header = readFileSync(join(root, path), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('--'));
      const missing = SECTIONS.filter((section) => !header.some((line) => line.startsWith(`-- ${section}`)));
      const beside = path.replace(/\.lua$/, '.ts');
      if (!existsSync(join(root, beside))) return [`${path}: there is no ${beside} beside it`];
      const call = callIn({ path: beside, text: readFileSync(join(root, beside), 'utf8') });
      if (!call) return [`${beside}: no call with \`keys: [...]\` and \`args: [...]\``];
      const faults = missing.map((section) => `says nothing of ${section}`);
      for (const [word, handed] of [
        ['KEYS', call.keys],
        ['ARGV', call.args],
      ]) {
        const listed = header.flatMap((line) => [
          ...line.matchAll(new RegExp(`^-- ${word}\\[(\\d+)(\\.\\.)?\\]`, 'g')),
        ]);
        const open = listed.some(([, , many]) => many !== undefined);
        const wrong = listed.some(([, number], at) => Number(number) !== at + 1) || listed.length !== handed.length;
        if (wrong || open !== handed.open)
          faults.push(`lists ${listed.length} ${word}, ${beside} hands over ${handed.length}`);
      }
      return faults.map((fault) => `${path}: ${fault}`);
    });
}

function callIn(file) {
  let call;
  walk(parse(file).program, (node) => {
    if (node.type !== 'ObjectExpression') return;
    const [keys, args] = ['keys', 'args'].map((key) => arrayAt(node, key));
    if (keys && args) call = { keys, args };
  });
  return call;
}

function arrayAt(object, key) {
  const property = object.properties.find((one) => one.key?.name === key);
  if (property?.value.type !== 'ArrayExpression') return undefined;
  const { elements } = property.value;
  return { length: elements.length, open: elements.some((element) => element.type === 'SpreadElement') };
}
