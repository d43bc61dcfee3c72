// What the environment may ask of the tests of the pages.

/** ONSALE_SCREENSHOTS: the folder to keep a screenshot of every page and state in; null to keep none. */
export const screenshotFolder = (): string | null => process.env.ONSALE_SCREENSHOTS || null;

/** ONSALE_SCREENSHOTS_SCHEME: `dark` for the dark theme. */
export const colorScheme = (): 'light' | 'dark' =>
  process.env.ONSALE_SCREENSHOTS_SCHEME === 'dark' ? 'dark' : 'light';

/** Figures for whoever runs the test: jest would hide what a test says on the console among its own lines. */
export function framesReport(text: string): void {
  process.stdout.write(`\n${text}\n`);
}
