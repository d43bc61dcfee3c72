// The programs that npm cannot bring: found on the machine, or installed where that is ours to do (root on
// Debian or Ubuntu), or asked for in one sentence.
import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { machineEnv } from './config.ts';
import { findFaketimeLibrary, findOnPath, findRabbitScript } from './find-program.ts';
import { SetupError } from './setup-error.ts';

export type ToolName = 'redis' | 'rabbitmq' | 'chromium' | 'faketime' | 'nginx';

interface Tool {
  find: () => string | undefined;
  debianPackage: string;
  /** What to install with Homebrew. */
  brewPackage: string;
  /** Names a service that runs elsewhere, where that will do. */
  urlVariable?: string;
}

const TOOLS: Record<ToolName, Tool> = {
  redis: {
    find: () => findOnPath(['redis-server']),
    debianPackage: 'redis-server',
    brewPackage: 'redis',
    urlVariable: 'REDIS_URL',
  },
  rabbitmq: {
    find: findRabbitScript,
    debianPackage: 'rabbitmq-server',
    brewPackage: 'rabbitmq',
    urlVariable: 'AMQP_URL',
  },
  chromium: {
    find: () =>
      findOnPath(['chromium', 'chromium-browser', 'google-chrome']) ??
      ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find((file) => existsSync(file)),
    debianPackage: 'chromium',
    brewPackage: '--cask chromium',
  },
  // Beside the administrator's programs, which are not on everybody's PATH.
  nginx: {
    find: () => findOnPath(['nginx']) ?? ['/usr/sbin/nginx'].find((file) => existsSync(file)),
    debianPackage: 'nginx-light',
    brewPackage: 'nginx',
  },
  faketime: { find: findFaketimeLibrary, debianPackage: 'faketime', brewPackage: 'libfaketime' },
};

/** A package mirror that hangs must not hang the start for ever. */
const INSTALL_LIMIT_MS = 300_000;

/** Where a tool is, or undefined. */
const findTool = (name: ToolName): string | undefined => TOOLS[name].find();

/** Where a tool is. Throws a SetupError that says what to install when it is missing. */
export function requireTool(name: ToolName): string {
  const path = findTool(name);
  if (path) return path;
  throw new SetupError(missingSentence([name]));
}

/** Sees to it that every named tool is there, installing what is missing where we may. `say` gets progress lines. */
export async function ensureTools(names: readonly ToolName[], say: (line: string) => void): Promise<void> {
  const missing = names.filter((name) => !findTool(name));
  if (missing.length === 0) return;
  if (!mayInstall()) throw new SetupError(missingSentence(missing));

  const packages = missing.map((name) => TOOLS[name].debianPackage);
  say(`installing ${packages.join(', ')} with apt-get`);
  await withoutStartingDaemons(async () => {
    await aptGet(['update']);
    await aptGet(['install', '--yes', '--no-install-recommends', ...packages]);
  });
  for (const name of missing) requireTool(name);
}

function missingSentence(names: readonly ToolName[]): string {
  const tools = names.map((name) => TOOLS[name]);
  const install = findOnPath(['apt-get'])
    ? `run "sudo apt-get install ${tools.map((tool) => tool.debianPackage).join(' ')}"`
    : process.platform === 'darwin'
      ? `run ${tools.map((tool) => `"brew install ${tool.brewPackage}"`).join(' and ')}`
      : 'install what is missing with the package manager of this system';
  const variables = tools.flatMap((tool) => tool.urlVariable ?? []);
  const instead = variables.length > 0 ? `, or set ${variables.join(' and ')} to use a running one` : '';
  return `${names.join(', ')} missing on this machine: ${install}${instead}.`;
}

const mayInstall = () => process.getuid?.() === 0 && findOnPath(['apt-get']) !== undefined;

// Debian starts a server the moment it is installed, on its default port and for ever; only ours shall run.
async function withoutStartingDaemons(install: () => Promise<void>): Promise<void> {
  const policy = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await install();
  } finally {
    if (ours) rmSync(policy, { force: true });
  }
}

function aptGet(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...machineEnv, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn('apt-get', ['-qq', ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: INSTALL_LIMIT_MS,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output = (output + chunk).slice(-2000);
      });
    }
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new SetupError(`"apt-get ${args.join(' ')}" failed; run it by hand to see why.\n${output.trim()}`));
    });
  });
}
