// Every error code is used by an app or a library, and every message of RabbitMQ has an example that a test reads.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, typeScriptFiles, walk } from './repository.mjs';

export const name = 'error codes and messages are used';

const CODES = 'libs/contracts/src/problem.ts';
const COMMANDS = 'libs/contracts/src/messages/booking-commands.ts';

export function findFaults(root) {
  const files = typeScriptFiles(root);
  const users = files.filter((file) => !file.isTest && file.path !== CODES && file.package !== 'apps/web');
  const said = new Set(users.flatMap(stringsIn));
  const codes = keysOf(root, CODES, 'errorCodes');
  const unused = codes.filter((code) => !said.has(code)).map((code) => `${CODES}: nobody answers ${code}`);

  const examples = keysOf(root, COMMANDS, 'bookingCommandExamples');
  const commands = [...readFileSync(join(root, COMMANDS), 'utf8').matchAll(/type: z\.literal\('(\w+)'\)/g)].map(
    ([, type]) => type,
  );
  const bare = commands.filter((type) => !examples.includes(type)).map((type) => `${COMMANDS}: ${type} has no example`);
  const handlers = new Set(users.filter((file) => file.path !== COMMANDS).flatMap(stringsIn));
  const idle = commands
    .filter((type) => !handlers.has(type))
    .map((type) => `${COMMANDS}: nobody sends or handles ${type}`);
  return [...unused, ...bare, ...idle];
}

function stringsIn(file) {
  const strings = [];
  walk(parse(file).program, (node) => {
    if (node.type === 'Literal' && typeof node.value === 'string') strings.push(node.value);
    // A code may also stand as a key: `{ pass_required: … }`.
    if (node.type === 'Property' && node.key.type === 'Identifier') strings.push(node.key.name);
  });
  return strings;
}

function keysOf(root, path, constant) {
  const keys = [];
  walk(parse({ path, text: readFileSync(join(root, path), 'utf8') }).program, (node) => {
    if (node.type !== 'VariableDeclarator' || node.id.name !== constant) return;
    let value = node.init;
    while (value.expression) value = value.expression;
    keys.push(...value.properties.map((property) => property.key.name ?? property.key.value));
  });
  return keys;
}
