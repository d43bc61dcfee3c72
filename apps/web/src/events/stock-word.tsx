// How much is left of a price, in a word; nothing while there is plenty.
import type { EventView } from '@onsale/contracts';
import { t } from '../language/language.ts';

type Stock = EventView['performances'][number]['prices'][number]['stock'];

export function StockWord({ stock }: { stock: Stock }) {
  if (stock === 'plenty' || stock === 'unknown') return null;
  return <span class={`stock-word stock-${stock}`}>{t(`stock.word_${stock}`)}</span>;
}
