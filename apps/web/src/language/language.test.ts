import { formatClock, formatMoney, formatSpan, formatSpanRange } from './language.ts';

test('money drops empty cents and keeps real ones', () => {
  expect(formatMoney({ amount: 4500, currency: 'EUR' })).toBe('€45');
  expect(formatMoney({ amount: 4550, currency: 'EUR' })).toBe('€45.50');
  expect(formatMoney({ amount: 4500, currency: 'JPY' })).toBe('¥4,500');
});

test('a countdown rounds up, so that it shows zero only when the time has come', () => {
  expect(formatClock(59_400)).toBe('1:00');
  expect(formatClock(1)).toBe('0:01');
  expect(formatClock(0)).toBe('0:00');
  expect(formatClock(-5)).toBe('0:00');
  expect(formatClock(3_723_000)).toBe('1:02:03');
});

test('a span is told as one would say it', () => {
  expect(formatSpan(3)).toBe('5 seconds');
  expect(formatSpan(41)).toBe('45 seconds');
  expect(formatSpan(700)).toBe('12 minutes');
  expect(formatSpan(80 * 60)).toBe('1 hour 20 minutes');
  expect(formatSpan(119 * 60)).toBe('2 hours');
  expect(formatSpan(3 * 86_400)).toBe('3 days');
});

test('a range of spans names its unit once when it can', () => {
  expect(formatSpanRange(540, 770)).toBe('9–13 minutes');
  expect(formatSpanRange(50, 130)).toBe('50 seconds – 2 minutes');
  expect(formatSpanRange(50 * 60, 80 * 60)).toBe('50 minutes – 1 hour 20 minutes');
  expect(formatSpanRange(540, 545)).toBe('9 minutes');
});
