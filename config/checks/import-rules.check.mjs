// The arrows of ARCHITECTURE.md. A test may use the testkit and any driver; all else binds it too. What is for tests is
// imported by tests only.
import { posix } from 'node:path';
import { allDrivers, layerOf } from './layers.mjs';
import { importsOf, isTest, typeScriptFiles } from './repository.mjs';

export const name = 'import rules';

export function findFaults(root) {
  const files = typeScriptFiles(root);
  return files.flatMap((file) => {
    const layer = layerOf(file.package);
    if (!layer) return [`${file.path}: say in config/checks/layers.mjs what ${file.package} may import`];
    return importsOf(file)
      .flatMap(({ from }) => faultOf(file, from, layer) ?? [])
      .map((fault) => `${file.path}: ${fault}`);
  });
}

function faultOf(file, from, layer) {
  if (from.startsWith('.')) return relativeFault(file, from);
  if (from.startsWith('node:')) {
    const isPure = ['libs/domain', 'libs/contracts'].includes(file.package) || isBrowserCode(file);
    return isPure && !file.isTest ? `imports ${from}, but ${file.package} runs in browsers too` : undefined;
  }
  if (from.startsWith('@onsale/')) return ownFault(file, from.slice('@onsale/'.length), layer);
  const driver = from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
  if (file.package === 'libs/domain' && !file.isTest) return `imports ${from}, but domain depends on nothing`;
  if (!allDrivers.has(driver) || layer.drivers.includes(driver) || file.isTest) return undefined;
  return `imports the driver ${driver}, which belongs to its adapter`;
}

/** The pages, without the page server: it shares their components, not its own files. */
const isBrowserCode = ({ package: of, path }) =>
  of === 'apps/web' && !/^apps\/web\/src\/(server\/.+|main\.ts|compose\.ts|config\.ts)$/.test(path);

function relativeFault(file, from) {
  const target = posix.normalize(posix.join(posix.dirname(file.path), from));
  if (!target.startsWith(`${file.package}/`)) return `imports ${from}, which lies outside its package`;
  return isTest(target) && !file.isTest && file.package !== 'libs/testkit'
    ? `imports ${from}, which is for tests`
    : undefined;
}

function ownFault(file, name, layer) {
  if (name.includes('/')) return `imports @onsale/${name}: packages are imported through their index only`;
  if (name.startsWith('app-')) return `imports the app ${name}: apps speak to each other over the wire only`;
  if (name === 'runtime' && isBrowserCode(file) && !file.isTest) {
    return `imports @onsale/runtime, which ${file.package} may not outside its page server`;
  }
  if (layer.ours.includes(name) || (file.isTest && name === 'testkit')) return undefined;
  return `imports @onsale/${name}, which ${file.package} may not`;
}
