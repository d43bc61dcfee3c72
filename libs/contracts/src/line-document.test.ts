import fc from 'fast-check';
import { fitLineDocument, LINE_DOCUMENT_BYTES_MAX, type LineDocument, lineDocument } from './line-document.ts';

const bytes = (document: LineDocument) => Buffer.byteLength(JSON.stringify(document));

/** Everything at its longest: ten million fans, 40 % gone among them, all figures wide. */
const widest: LineDocument = {
  saleId: 'sale_0123456789abcdef01234567' as LineDocument['saleId'],
  seq: 9_999_999,
  epoch: 99,
  phase: 'paused',
  served: 999_999,
  joined: 10_000_000,
  back: 999_999,
  ratePerMinute: { mean: 166_667, spread: 0.123, leaving: 0.0123 },
  ghosts: { front: '_'.repeat(68), blocks: '_'.repeat(62) },
  stock: 'limited',
  seats: [999_999, 99_999, 99_999, 1.85],
  notice: null,
  refresh: { share: 0.1, minSeconds: 2, maxSeconds: 1800 },
  at: '2026-11-24T11:12:29Z',
};

test('the document of ten million fans with every figure at its widest has at most 512 bytes, nothing left out', () => {
  expect(fitLineDocument(widest)).toEqual(widest);
  expect(bytes(widest)).toBeLessThanOrEqual(LINE_DOCUMENT_BYTES_MAX);
});

test('whatever the notice, the document fits, and the notice is cut between characters', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 70, unit: 'grapheme' }), fc.boolean(), (notice, wide) => {
      const whole = {
        ...(wide ? widest : { ...widest, ghosts: { front: '', blocks: '' } }),
        notice: notice.slice(0, 140),
      };
      const fitted = fitLineDocument(whole);
      expect(bytes(fitted)).toBeLessThanOrEqual(LINE_DOCUMENT_BYTES_MAX);
      expect(lineDocument.safeParse(fitted).success).toBe(true);
      if (fitted.notice !== whole.notice) {
        expect(fitted.notice?.endsWith('…')).toBe(true);
        expect(whole.notice.startsWith(fitted.notice?.slice(0, -1) ?? '')).toBe(true);
        expect(fitted.notice).toBe(Buffer.from(fitted.notice ?? '').toString()); // no half of a character
      }
    }),
  );
});

test('an id of another making that leaves no room at all costs the seats, not the bound', () => {
  const fitted = fitLineDocument({ ...widest, saleId: 's'.repeat(64) as LineDocument['saleId'] });
  expect(fitted.seats).toBeUndefined();
  expect(bytes(fitted)).toBeLessThanOrEqual(LINE_DOCUMENT_BYTES_MAX);
});
