import type { FairnessView, LineDocument, PlaceView } from '@onsale/contracts';
import { commitment, drawSeed, merkleRoot, numberOf, rosterLeaf, type SaleId, toHex } from '@onsale/domain';
import { CrowdBook } from '../crowd-book.ts';
import { OrderBook } from './order-book.ts';

const saleId = 'sale' as SaleId;
const secret = new Uint8Array(32).fill(7);
const leaves = [0, 1, 2, 3].map((index) => rosterLeaf(index, new Uint8Array(32).fill(index)));
const root = merkleRoot(leaves);
const seed = drawSeed({ secret, publicValue: '', root, saleId });
const draws = [{ firstIndex: 0, size: 4, seed }];

const fairness = (change: object = {}): FairnessView =>
  ({
    saleId,
    draws: [
      {
        phaseId: 'phase',
        rule: 'rule',
        commitment: toHex(commitment(secret)),
        publicValue: null,
        firstIndex: 0,
        size: 4,
        root: toHex(root),
        secret: toHex(secret),
        seed: toHex(seed),
        ...change,
      },
    ],
    inclusion: null,
  }) as unknown as FairnessView;

const line = (seq: number, served: number, atMs = Date.now()): LineDocument =>
  ({ seq, served, epoch: 1, at: new Date(atMs).toISOString() }) as LineDocument;
const place = (index: number, number: number | null): PlaceView => ({ index, number }) as PlaceView;
const numberOfIndex = (index: number) => numberOf(index, { draws, firstUndrawnIndex: null });

let book: CrowdBook;
let order: OrderBook;
beforeEach(() => {
  book = new CrowdBook();
  order = new OrderBook(book);
});
const violated = () => [...book.violations.keys()];

test('a line that only goes on is in order, whatever way its documents arrive', () => {
  for (const document of [line(1, 0), line(3, 20), line(2, 10), line(4, 20)]) order.noteLine(document);
  expect(violated()).toEqual([]);
  expect(order.served).toBe(20);
});

test('a later document that has called fewer is seen', () => {
  for (const document of [line(1, 20), line(2, 19)]) order.noteLine(document);
  expect(violated()).toEqual(['the line went back']);
});

test('two fans with one index, and a fan whose index or number changes, are seen', () => {
  order.notePlace(1, place(0, null));
  order.notePlace(2, place(0, null));
  expect(violated()).toEqual(['two fans have one place']);
  order.notePlace(3, place(1, 5));
  order.notePlace(3, place(1, 6));
  order.notePlace(3, place(2, 5));
  expect(book.violations.get('a place was lost')?.count).toBe(2);
});

test('a pass before its call is seen once the next document proves it; one after its call is not', () => {
  order.noteLine(line(1, 10));
  order.notePass(10);
  order.notePass(12);
  order.noteLine(line(2, 12, Date.now() + 1_000));
  expect(violated()).toEqual([]);
  order.notePass(20);
  order.noteLine(line(3, 19, Date.now() + 2_000));
  expect(violated()).toEqual(['a fan was called before one with a smaller number']);
});

test('numbers that the draw gives pass, also of those who came after it', () => {
  for (const index of [0, 1, 2, 3, 4, 9]) order.notePlace(index, place(index, numberOfIndex(index)));
  order.checkDraw(fairness());
  expect(violated()).toEqual([]);
});

test.each([
  ['another number', {}, 99],
  ['another seed', { seed: '00'.repeat(32) }, null],
  ['another secret', { secret: '00'.repeat(32) }, null],
  ['no draw at all', { seed: null }, null],
])('%s is seen', (_what, change, number) => {
  order.notePlace(1, place(1, number ?? numberOfIndex(1)));
  order.checkDraw(fairness(change));
  expect(violated()).toEqual(['a number is not what the draw gives']);
});

test('a proof that does not lead to the root is seen', () => {
  const inclusion = { index: 1, phaseId: 'phase', identityDigest: '01'.repeat(32), proof: [] };
  order.checkInclusion({ ...fairness(), inclusion } as unknown as FairnessView);
  expect(violated()).toEqual(['a number is not what the draw gives']);
});
