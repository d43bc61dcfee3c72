import type { BookingId, FanId, PerformanceId } from '@onsale/domain';
import { bookingIdOf, isBookingIdOf } from './booking-id.ts';

const fanId = 'fan-1' as FanId;
const performanceId = 'perf-1' as PerformanceId;
const key = 'key-1';

test('the same fan, key and performance mean the same booking; any other means another', () => {
  const id = bookingIdOf({ fanId, key, performanceId });
  expect(bookingIdOf({ fanId, key, performanceId })).toBe(id);
  const others = [
    bookingIdOf({ fanId: 'fan-2' as FanId, key, performanceId }),
    bookingIdOf({ fanId, key: 'key-2', performanceId }),
    bookingIdOf({ fanId, key, performanceId: 'perf-2' as PerformanceId }),
  ];
  expect(new Set([id, ...others]).size).toBe(4);
});

test('an id tells whose it is and of which performance, and nothing else passes', () => {
  const id = bookingIdOf({ fanId, key, performanceId });
  expect(isBookingIdOf(id, { fanId, performanceId })).toBe(true);
  expect(isBookingIdOf(id, { fanId: 'fan-2' as FanId, performanceId })).toBe(false);
  expect(isBookingIdOf(id, { fanId, performanceId: 'perf-2' as PerformanceId })).toBe(false);
  for (const wrong of ['', 'bk_', 'bk_x', `${id}A`, id.replace('bk_', 'tk_')]) {
    expect(isBookingIdOf(wrong as BookingId, { fanId, performanceId })).toBe(false);
  }
});
