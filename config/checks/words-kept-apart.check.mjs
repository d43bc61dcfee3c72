// `process.env` is read in a config.ts only, and nobody but the command-line tools speaks on the console. (`any` is
// refused by the linter.)
import { lineAt, parse, typeScriptFiles, walk } from './repository.mjs';

export const name = 'process.env and console where they belong';

/** Command-line tools, whose output is for a person. */
const SPEAKS = /^(apps\/dev-stack|apps\/auditor|loadtests)\//;

export function findFaults(root) {
  return typeScriptFiles(root).flatMap((file) => {
    const faults = [];
    walk(parse(file).program, (node) => {
      const at = `${file.path}:${lineAt(file.text, node.start)}`;
      if (isMember(node, 'process', 'env') && !/(^|\/)config\.ts$/.test(file.path)) {
        faults.push(`${at}: process.env outside a config.ts`);
      }
      if (isMember(node, 'console') && !SPEAKS.test(file.path))
        faults.push(`${at}: console outside a command-line tool`);
    });
    return faults;
  });
}

function isMember(node, object, property) {
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier' || node.object.name !== object)
    return false;
  return property === undefined || node.property.name === property;
}
