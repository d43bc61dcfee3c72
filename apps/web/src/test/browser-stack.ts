// The whole product before a real browser, with a hand of its staff: what most suites of the pages start with.
import { launchChromium, testStack } from '@onsale/testkit';
import type { Browser } from 'playwright-core';
import { type FanHand, fanHand } from './fan-hand.ts';
import { type StaffHand, staffHand } from './staff-hand.ts';

export type BrowserStack = FanHand & {
  /** There in tests and hooks only, as the origin is. */
  readonly staff: StaffHand;
  readonly origin: string;
};

const OPEN_LIMIT_MS = 150_000; // of the browser and the login; the stack has a limit of its own

/** Call at the top of a test file. */
export function browserStack(wish: Parameters<typeof testStack>[0]): BrowserStack {
  const stack = testStack(wish);
  let browser: Browser | undefined;
  let staff: StaffHand | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
    staff = await staffHand(stack.origin, stack.admin);
  }, OPEN_LIMIT_MS);
  afterAll(() => browser?.close());
  return {
    ...fanHand({ browser: () => inTests(browser), origin: () => stack.origin }),
    get staff() {
      return inTests(staff);
    },
    get origin() {
      return stack.origin;
    },
  };
}

function inTests<T>(opened: T | undefined): T {
  if (opened === undefined) throw new Error('browserStack() is there in tests and hooks only');
  return opened;
}
