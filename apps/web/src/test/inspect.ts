// Looks at a page as it stands, at both sizes: axe finds no violation, nothing is wider than the screen, also at a zoom
// of 400 %; and a screenshot is kept when one was asked for.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { screenshotFolder } from './config.ts';

const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1440, height: 900 } };
const ZOOMED = { width: 320, height: 256 }; // 1280 × 1024 at 400 % (WCAG 1.4.10)

/** Every fault found, in words; empty when the page is good. */
export async function inspect(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const [size, viewport] of Object.entries(sizes)) {
    await page.setViewportSize(viewport);
    await settle(page);
    faults.push(...(await axeFaults(page)).map((fault) => `${name}, ${size}: ${fault}`));
    if (await isTooWide(page)) faults.push(`${name}, ${size}: wider than the screen`);
    await keepScreenshot(page, `${name}-${size}`);
  }
  await page.setViewportSize(ZOOMED);
  await settle(page);
  if (await isTooWide(page)) faults.push(`${name}: wider than the screen at 400 %`);
  await page.setViewportSize(sizes.phone);
  return faults;
}

/** Two frames: sizes are observed in one and drawn in the next. Running animations are taken to their end. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getTiming().iterations !== Number.POSITIVE_INFINITY) animation.finish();
    }
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

type AxeResult = { violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] };

async function axeFaults(page: Page): Promise<string[]> {
  // Evaluated from outside the page, so the page's own policy against inline scripts stays in force.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResult>('axe.run()');
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${help}) at ${html.slice(0, 120)} ${failureSummary ?? ''}`),
  );
}

const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = screenshotFolder();
  if (folder === null) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
