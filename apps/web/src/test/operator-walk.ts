// The operator's way through the console in the browser suite: what is looked at, done by keys, and found again in the log.
import type { Page } from 'playwright-core';
import { focusedControl, pressAt, typeAt } from './keyboard.ts';
import type { StaffHand } from './staff-hand.ts';

export type OperatorWalk = {
  /** Signed in. */
  readonly desk: Page;
  readonly staff: StaffHand;
  readonly origin: string;
  readonly email: string;
  look(name: string): Promise<void>;
  told(words: string): Promise<void>;
};

/** All sales, and the machinery behind them. */
export async function walkOverview({ desk, origin, look }: OperatorWalk): Promise<void> {
  await desk.goto(`${origin}/staff`);
  await desk.getByRole('link', { name: /Winter Light/ }).waitFor();
  await desk.getByRole('link', { name: /Winter Light.*Waiting.*Sold/ }).waitFor();
  await look('overview');
  await pressAt(desk, /^System$/, 'Enter');
  await desk.getByRole('row', { name: /^expire-holds/ }).waitFor();
  await desk.getByRole('rowheader', { name: '3' }).waitFor();
  await desk
    .getByRole('row', { name: /^General sale/ })
    .first()
    .waitFor();
  await desk.getByText('None. A booking command that no worker can decide').waitFor();
  await look('system');
}

/** Charts, keys, two hands, halt and call, and what of it stands in the audit log. */
export async function walkLive({ desk, staff, origin, email, look, told }: OperatorWalk): Promise<void> {
  await desk.goto(`${origin}/staff`);
  await pressAt(desk, /Winter Light/, 'Enter');
  await desk.getByRole('button', { name: 'Pause' }).waitFor();
  await desk.keyboard.press('?');
  await desk.getByRole('dialog', { name: 'Keys' }).getByText('Go to Halt, which asks first').waitFor();
  await look('keys');
  await desk.keyboard.press('Escape');
  await desk.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'hidden' });
  await desk.keyboard.press('p');
  await desk.getByText('Nobody is called. Those inside may finish.').waitFor();
  await desk.keyboard.press('r');
  await desk.getByText('Numbers are called by the settings below.').waitFor();
  await desk.keyboard.press('d');
  expect((await focusedControl(desk)).name).toBe('Drain');
  await desk.getByText('Numbers are called by the settings below.').waitFor();
  await desk.locator('.chart canvas').first().waitFor({ timeout: 60_000 });
  expect(await desk.locator('.chart canvas').count()).toBe(5);
  await desk
    .getByText(/Waiting: [\d,]+ now, between [\d,]+ and [\d,]+ in the last 10 minutes\./)
    .waitFor({ state: 'attached' });
  await desk.getByText('The figures as a table').press('Enter');
  await desk.getByRole('columnheader', { name: 'Sold' }).waitFor();
  const rate = desk.getByLabel('Calls per minute', { exact: true });
  const before = Number(await rate.inputValue());
  await typeAt(desk, /^Calls per minute$/, String(before + 30));
  await desk.getByText('30 more per minute.').waitFor();
  const [, saleId = ''] = /sales.([^/]+)/.exec(desk.url()) ?? [];
  await staff.settings(saleId, { ratePerMinute: before + 10 });
  await desk.getByText('20 more per minute.').waitFor();
  await desk.keyboard.press('Enter');
  const dispute = desk.getByRole('alertdialog', { name: 'Somebody else was quicker' });
  await dispute
    .getByText(`you saw ${before}, it was set to ${before + 10} meanwhile, you want ${before + 30}`)
    .waitFor();
  await look('dispute');
  await pressAt(desk, /^Set mine$/, 'Enter');
  await told('Done.');
  await desk.getByRole('button', { name: 'Take it back' }).press('Enter');
  await desk.getByRole('button', { name: 'Take it back' }).waitFor({ state: 'hidden' });
  expect((await staff.settings(saleId, {})).ratePerMinute).toBe(before + 10);
  await look('live');
  await pressAt(desk, /^Halt …$/, 'Enter');
  await desk.getByRole('button', { name: /^Halt: call nobody and book nothing new/ }).press('Enter');
  await desk.getByText('Nobody is called and nothing new is booked.').waitFor();
  expect(await desk.getByRole('button', { name: /^Call \d/ }).count()).toBe(0);
  await look('halted');
  await pressAt(desk, /^Resume$/, 'Enter');
  await typeAt(desk, /^Call by hand, once$/, '7');
  await pressAt(desk, /^Call 7$/, 'Enter');
  await told('Done.');
  expect(await desk.getByRole('link', { name: 'My bookings' }).count()).toBe(0);
  await pressAt(desk, /^Audit log$/, 'Enter');
  const halted = desk.getByRole('listitem').filter({ hasText: 'sale halted' }).first();
  await halted.getByText('halted: false → true').waitFor();
  await halted.getByText(email).waitFor();
  await look('audit');
  await typeAt(desk, /^What was done$/, 'DRAIN');
  await desk.keyboard.press('Enter');
  await desk.getByText('No such act.').waitFor();
  await typeAt(desk, /^What was done$/, 'halted');
  await typeAt(desk, /^By whom/, 'nobody');
  await desk.keyboard.press('Enter');
  await desk.getByText(/email/i).and(desk.getByRole('alert')).waitFor();
  await typeAt(desk, /^By whom/, email);
  await desk.keyboard.press('Enter');
  await halted.waitFor();
  await desk.goto(`${origin}/staff/sales/nothing/live`);
  await desk.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor();
}
