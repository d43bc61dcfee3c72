// A page used by keyboard alone: Tab to a control, see that its focus is visible, press a key there.
import type { Page } from 'playwright-core';

const TAB_STOPS_MAX = 80;

/** Throws when the control is not within reach, or does not show that it has the focus. */
export async function pressAt(page: Page, name: RegExp, key: string): Promise<void> {
  await controlNamed(page, name).first().waitFor();
  for (let stop = 0; stop < TAB_STOPS_MAX; stop++) {
    await page.keyboard.press('Tab');
    const focused = await focusedControl(page);
    if (!name.test(focused.name)) continue;
    if (focused.outline === 'none') throw new Error(`${name} does not show its focus`);
    return page.keyboard.press(key);
  }
  throw new Error(`no control ${name} within ${TAB_STOPS_MAX} tab stops of ${page.url()}`);
}

/** Tabs to a field and replaces what is in it. */
export async function typeAt(page: Page, name: RegExp, text: string): Promise<void> {
  await pressAt(page, name, 'Control+a');
  await page.keyboard.type(text);
}

const controlNamed = (page: Page, name: RegExp) =>
  page
    .getByRole('link', { name })
    .or(page.getByRole('button', { name }))
    .or(page.getByRole('radio', { name }))
    .or(page.getByRole('checkbox', { name }))
    .or(page.getByLabel(name));

export function focusedControl(page: Page): Promise<{ name: string; outline: string }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { name: '', outline: '' };
    const labels = 'labels' in element ? (element as HTMLInputElement).labels : null;
    // Where a control is drawn by what stands around it, the outline is there.
    const drawn = [element, element.nextElementSibling, element.closest('label, article')];
    const outlines = drawn.map((part) => (part === null ? 'none' : getComputedStyle(part).outlineStyle));
    return {
      name: (element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent ?? '').trim(),
      outline: outlines.find((style) => style !== 'none') ?? 'none',
    };
  });
}
