// What is chosen and what it costs, always in sight at the foot of the shop.
import { sumMoney } from '@onsale/domain';
import type { ComponentChildren } from 'preact';
import { formatMoney, t } from '../language/language.ts';
import type { BasketLine } from './selection.ts';

export function BasketBar(props: { lines: readonly BasketLine[]; onClear: () => void; children: ComponentChildren }) {
  const { lines } = props;
  const currency = lines[0]?.price.currency;
  return (
    <aside class="basket" aria-label={t('basket.title')}>
      <div class="basket-text">
        {currency === undefined ? (
          <p class="soft">{t('basket.empty')}</p>
        ) : (
          <>
            <p class="basket-total">
              <b>
                {formatMoney(
                  sumMoney(
                    lines.map(({ price }) => price),
                    currency,
                  ),
                )}
              </b>
            </p>
            <p class="basket-lines soft">{grouped(lines)}</p>
          </>
        )}
      </div>
      {currency !== undefined && (
        <button type="button" class="link" onClick={props.onClear}>
          {t('basket.clear')}
        </button>
      )}
      {props.children}
    </aside>
  );
}

function grouped(lines: readonly BasketLine[]): string {
  const counts = new Map<string, number>();
  for (const { label } of lines) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].map(([label, count]) => (count === 1 ? label : `${count} × ${label}`)).join(' ·\n');
}
