import { launchChromium } from './launch-chromium.ts';

test('opens a page in the machine’s own Chromium and leaves nothing behind', async () => {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.setContent('<h1>Your turn is near</h1>');
  expect(await page.getByRole('heading').textContent()).toBe('Your turn is near');
  await browser.close();
}, 60_000);
