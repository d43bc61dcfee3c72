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

/** ONSALE_TEST_LANGUAGES=all walks in all of them; without it in the first alone, which takes more than a minute. */
export function languagesWanted<Language extends string>(
  words: Readonly<Record<Language, unknown>>,
  env: NodeJS.ProcessEnv = process.env,
): readonly Language[] {
  const all = Object.keys(words) as Language[];
  return env.ONSALE_TEST_LANGUAGES === 'all' ? all : all.slice(0, 1);
}
