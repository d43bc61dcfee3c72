// For whom stock is kept back: nobody, a phase, a set of codes, a channel.
import type { NewBlock } from '@onsale/contracts';
import { t } from '../../language/language.ts';
import { ChoiceField, TextField } from '../form/fields.tsx';
import { phaseWords } from '../phase-words.ts';
import type { StockContext } from './stock-section.tsx';

export type AudienceWish = { readonly kind: 'nobody' | 'phase' | 'code_set' | 'channel'; readonly name: string };

export function audienceBody({ kind, name }: AudienceWish): NewBlock['audience'] {
  type Audience = NonNullable<NewBlock['audience']>;
  if (kind === 'nobody') return null;
  const named = { phase: { phaseId: name }, code_set: { codeSetId: name }, channel: { channel: name.trim() } }[kind];
  return { kind, ...named } as Audience;
}

type Props = StockContext & { wish: AudienceWish; onChange: (wish: AudienceWish) => void; problem: string | undefined };

export function AudienceChoice({ sale, codeSets, wish, onChange, problem }: Props) {
  const access = codeSets.filter(({ purpose, revokedAt }) => purpose === 'access' && revokedAt === null);
  const kinds = ['nobody', 'phase', ...(access.length > 0 ? (['code_set'] as const) : []), 'channel'] as const;
  const firstOf = (kind: AudienceWish['kind']) =>
    kind === 'phase' ? (sale.phases[0]?.id ?? '') : kind === 'code_set' ? (access[0]?.id ?? '') : '';
  const name = (next: string) => onChange({ ...wish, name: next });
  return (
    <>
      <ChoiceField
        label={t('staff.forWhom')}
        value={wish.kind}
        onChange={(kind) =>
          onChange({ kind: kind as AudienceWish['kind'], name: firstOf(kind as AudienceWish['kind']) })
        }
        choices={kinds.map((kind) => [kind, t(`staff.whom_${kind}`)])}
        {...(wish.kind !== 'channel' && { problem })}
      />
      {wish.kind === 'phase' && (
        <ChoiceField
          label={t('staff.phase')}
          value={wish.name}
          onChange={name}
          choices={sale.phases.map(({ id }) => [id, phaseWords(sale, id)])}
        />
      )}
      {wish.kind === 'code_set' && (
        <ChoiceField
          label={t('staff.codeSet')}
          value={wish.name}
          onChange={name}
          choices={access.map((set) => [set.id, set.name])}
        />
      )}
      {wish.kind === 'channel' && (
        <TextField
          label={t('staff.channel')}
          hint={t('staff.channelHint')}
          value={wish.name}
          onChange={name}
          required
          maxLength={32}
          problem={problem}
        />
      )}
    </>
  );
}
