import { calendarFile } from './calendar-file.ts';

const entry = {
  uid: 'sale-1@onsale',
  title: 'Tickets: Symphony, one; night',
  description: 'The pre-queue opens.',
  place: 'Sibelius Hall, Lahti',
  startsAt: '2026-06-01T09:00:00.000Z',
  minutes: 30,
  url: 'https://tickets.example/sales/sale-1',
};

test('the file holds start, end and alarm in UTC', () => {
  const lines = calendarFile(entry, Date.UTC(2026, 0, 2)).split('\r\n');
  expect(lines).toContain('DTSTART:20260601T090000Z');
  expect(lines).toContain('DTEND:20260601T093000Z');
  expect(lines).toContain('DTSTAMP:20260102T000000Z');
  expect(lines).toContain('TRIGGER:-PT10M');
});

test('commas and semicolons are escaped and long lines folded at 75 bytes', () => {
  const file = calendarFile({ ...entry, description: 'ä'.repeat(100) }, 0);
  expect(file).toContain('SUMMARY:Tickets: Symphony\\, one\\; night');
  for (const line of file.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  expect(file.replaceAll('\r\n ', '')).toContain(`${'ä'.repeat(100)} https://tickets.example/sales/sale-1`);
});
