// How much is left, told roughly: an exact count would be old before it is read, and would be counted by resellers.

export type StockBand = 'plenty' | 'limited' | 'few' | 'none' | 'unknown';

const FEW = 0.05; // shares of all seats
const LIMITED = 0.25;

export function stockBand(stock: { readonly capacity: number; readonly free: number } | null): StockBand {
  if (stock === null || stock.capacity === 0) return 'unknown';
  if (stock.free === 0) return 'none';
  const share = stock.free / stock.capacity;
  if (share < FEW) return 'few';
  return share < LIMITED ? 'limited' : 'plenty';
}
