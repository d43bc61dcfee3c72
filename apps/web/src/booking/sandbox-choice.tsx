// How a test payment ends, chosen by the fan: the plain endings first, then what real banks do to a shop.
import { t } from '../language/language.ts';

export const sandboxEndings = [
  'succeed',
  'delay',
  'fail',
  'duplicate',
  'out_of_order',
  'lost',
  'authorise',
  'authorise_refused',
] as const;
export type SandboxEnding = (typeof sandboxEndings)[number];

const PLAIN = 3;

export function SandboxChoice({ onChoose }: { onChoose: (ending: SandboxEnding) => void }) {
  const button = (ending: SandboxEnding) => (
    <button
      key={ending}
      type="button"
      class={`button ${ending === 'succeed' ? 'primary big' : ''}`}
      onClick={() => onChoose(ending)}
    >
      {t(`pay.${ending}`)}
    </button>
  );
  return (
    <fieldset class="pay-choice">
      <legend>{t('pay.choose')}</legend>
      {sandboxEndings.slice(0, PLAIN).map(button)}
      <details>
        <summary>{t('pay.more')}</summary>
        <div class="pay-more">{sandboxEndings.slice(PLAIN).map(button)}</div>
      </details>
    </fieldset>
  );
}
