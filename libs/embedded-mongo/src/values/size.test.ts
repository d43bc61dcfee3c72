import { Binary, Code, calculateObjectSize, Decimal128, Int32, Long, ObjectId } from 'bson';
import { isLargerThan } from './size.ts';

const scalars = { a: 1, b: true, c: null, d: new Date(), e: new ObjectId(), f: new Int32(1), g: Long.fromNumber(2) };
const documents = [
  {},
  scalars,
  { ...scalars, h: Decimal128.fromString('1.5'), i: 12n, text: 'ä€😀'.repeat(50), nested: [scalars, [scalars, 'x']] },
  { many: Array.from({ length: 12_000 }, (_, i) => i) },
  { odd: new Binary(Buffer.alloc(1_000)), code: new Code('x'.repeat(500), { y: 1 }), regex: /abc/i },
];

test('a document is larger than its size less one, and not larger than its size', () => {
  for (const document of documents) {
    const bytes = calculateObjectSize(document);
    expect(isLargerThan(document, bytes)).toBe(false);
    expect(isLargerThan(document, bytes - 1)).toBe(true);
  }
});
