// Sold out: leave an address, in case tickets come back.
import { useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { contactProblems, keepContact, readContact } from '../booking/contact.ts';
import { currentLocale, t } from '../language/language.ts';
import { useAddress } from '../routing/location.ts';
import { Field } from '../ui/field.tsx';
import type { ScreenProps } from './waiting-page.tsx';

export function ReturnsCard({ standing }: ScreenProps) {
  const { query } = useAddress();
  const [email, setEmail] = useState(() => readContact().email);
  const [problem, setProblem] = useState<'missing' | 'malformed' | undefined>(undefined);
  const [outcome, setOutcome] = useState<'told' | 'failed' | null>(
    query.get('told') === 'returns' ? 'told' : query.has('problem') ? 'failed' : null,
  );
  const { saleId, most } = { saleId: standing.sale.id, most: standing.sale.limits.seatsPerBooking };
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const found = contactProblems({ name: '-', email }).email;
    setProblem(found);
    if (found !== undefined) return form.querySelector('input')?.focus();
    const quantity = Number(new FormData(form).get('quantity'));
    const answer = await fanApi.leaveAddress(saleId, { email: email.trim(), quantity, locale: currentLocale() });
    if (answer.kind === 'ok') keepContact({ ...readContact(), email });
    setOutcome(answer.kind === 'ok' ? 'told' : 'failed');
  };
  return (
    <section class="card" aria-labelledby="returns">
      <h2 id="returns">{t('returns.title')}</h2>
      <p>{t('returns.text')}</p>
      <p role="status">{outcome === 'told' && <b>{t('returns.done')}</b>}</p>
      {outcome !== 'told' && (
        <form class="fields" method="post" action={`/sales/${saleId}/returns`} onSubmit={send} noValidate>
          <Field
            name="email"
            type="email"
            label={t('contact.email')}
            problem={problem && t(`contact.email_${problem}`)}
            value={email}
            onInput={setEmail}
            autocomplete="email"
          />
          <label class="field">
            <span>{t('quick.howMany')}</span>
            <select name="quantity">
              {Array.from({ length: most }, (_, i) => i + 1).map((count) => (
                <option key={count} value={count} selected={count === Math.min(2, most)}>
                  {count}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="button primary">
            {t('returns.send')}
          </button>
          <p role="alert">{outcome === 'failed' && t('page.failed')}</p>
        </form>
      )}
    </section>
  );
}
