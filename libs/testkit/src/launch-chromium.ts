// A browser for a test: the machine's Chromium, with a profile of its own that goes with it.
import { requireTool } from '@onsale/local-services';
import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A cold start on a busy machine; an idle one takes under a second. */
const LAUNCH_LIMIT_MS = 60_000;

/** Close it when done. Throws a SetupError when no Chromium is installed. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: requireTool('chromium'), args: FLAGS, timeout: LAUNCH_LIMIT_MS });
}
