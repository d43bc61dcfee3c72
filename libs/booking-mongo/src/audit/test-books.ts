// A small house in order: one sale of three numbered seats and five places, one booking of each kind.
import { createHash } from 'node:crypto';
import type { mongo as driver } from 'mongoose';

const secret = Buffer.alloc(32, 7);
const rosterRoot = Buffer.alloc(32, 9);
const sha256 = (...parts: (Buffer | string)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const root = Buffer.from(sha256(Buffer.from('020000000000000002', 'hex'), rosterRoot), 'hex');

const opening = new Date('2026-01-01T12:00:00Z');
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const item = (categoryId: string, seatId: string | null, amount: number) => ({
  categoryId,
  seatId,
  label: seatId ?? categoryId,
  price: eur(amount),
});
const booking = (id: string, fanId: string, rest: object) => ({
  _id: id,
  saleId: 'sale',
  performanceId: 'perf',
  fanId,
  contact: { name: fanId, email: `${fanId}@example.org` },
  reason: null,
  decidedAt: new Date(),
  holdExpiresAt: null,
  paymentId: null,
  items: [],
  total: null,
  ...rest,
});
const seats = ['s-1', 's-2', 's-3'].map((id) => ({ id, categoryId: 'stalls' }));

const catalogue = () => ({
  sales: [
    {
      _id: 'sale',
      performanceIds: ['perf'],
      limits: { seatsPerBooking: 2, seatsPerFan: 3 },
      holdSeconds: 60,
      phases: [{ id: 'phase', opensAt: opening }],
    },
  ],
  performances: [
    {
      _id: 'perf',
      saleId: 'sale',
      planId: 'plan',
      categories: [
        { id: 'stalls', kind: 'reserved', capacity: 3 },
        { id: 'standing', kind: 'general', capacity: 5 },
      ],
    },
  ],
  seatingPlans: [{ _id: 'plan', sections: [{ rows: [{ seats }] }] }],
});

const shop = () => ({
  bookings: [
    booking('paid', 'aino', {
      state: 'confirmed',
      items: [item('stalls', 's-1', 500), item('stalls', 's-2', 500)],
      total: eur(1000),
      paymentId: 'pay',
    }),
    booking('held', 'aino', {
      state: 'held',
      items: [item('standing', null, 300)],
      total: eur(300),
      holdExpiresAt: new Date(Date.now() + 60_000),
    }),
    booking('refused', 'eino', { state: 'rejected', reason: 'sold_out' }),
    booking('over', 'eino', { state: 'expired', items: [item('stalls', 's-3', 500)], total: eur(500) }),
  ],
  claims: ['s-1', 's-2'].map((seatId) => ({ _id: `perf:${seatId}`, performanceId: 'perf', seatId, bookingId: 'paid' })),
  counts: [
    {
      _id: 'perf:stalls',
      performanceId: 'perf',
      categoryId: 'stalls',
      saleId: 'sale',
      capacity: 3,
      held: 0,
      sold: 2,
      free: 1,
    },
    {
      _id: 'perf:standing',
      performanceId: 'perf',
      categoryId: 'standing',
      saleId: 'sale',
      capacity: 5,
      held: 1,
      sold: 0,
      free: 4,
    },
  ],
  fanCounts: [{ _id: 'sale:aino', saleId: 'sale', fanId: 'aino', seats: 3, heldMs: 60_000 }],
  tallies: [],
  blocks: [],
  tickets: ['s-1', 's-2'].map((seatId, i) => ({
    _id: `ticket-${i}`,
    bookingId: 'paid',
    performanceId: 'perf',
    categoryId: 'stalls',
    seatId,
  })),
  payments: [
    { _id: 'pay', bookingId: 'paid', amount: eur(1000), state: 'succeeded', refunded: 0 },
    { _id: 'late', bookingId: 'over', amount: eur(500), state: 'succeeded', refunded: 500 },
  ],
  moneyOrders: [{ _id: 'late.refund-0', kind: 'refund', paymentId: 'late', amount: eur(500), state: 'done' }],
  sandboxPayments: [
    { _id: 'pay', outcome: 'succeeded', amount: 1000, refunds: [] },
    { _id: 'late', outcome: 'succeeded', amount: 500, refunds: [{ orderId: 'late.refund-0', amount: 500 }] },
  ],
});

const line = () => ({
  draws: [
    {
      _id: 'sale:phase',
      saleId: 'sale',
      phaseId: 'phase',
      commitment: sha256(secret),
      secret: secret.toString('hex'),
      publicValueSource: null,
      publicValueWaitSeconds: null,
      publicValue: null,
      firstIndex: 0,
      size: 2,
      root: root.toString('hex'),
      rosterRoot: rosterRoot.toString('hex'),
      crowdedHash: null,
      frozenAt: new Date(opening.getTime() + 10),
      seed: sha256(secret, '', root, 'sale'),
      revealedAt: new Date(opening.getTime() + 20),
    },
  ],
  checkpoints: [{ _id: 'sale', leasedIndexes: 100, served: 2, epoch: 1 }],
});

export async function plantHouse(db: driver.Db): Promise<void> {
  for (const [name, documents] of Object.entries({ ...catalogue(), ...shop(), ...line() })) {
    await db.collection(name).deleteMany({});
    if (documents.length === 0) continue;
    await db.collection(name).insertMany(documents as unknown as driver.OptionalId<driver.Document>[]);
  }
}
