// What one can do while one waits, in one card with a row for each; and the form of such a row.
import type { ComponentChildren } from 'preact';
import { t } from '../language/language.ts';

export function MeanwhileCard({ children }: { children: ComponentChildren }) {
  return (
    <section class="card meanwhile" aria-labelledby="meanwhile">
      <h2 id="meanwhile">{t('meanwhile.title')}</h2>
      {children}
    </section>
  );
}

type RowProps = {
  readonly icon: ComponentChildren;
  readonly title: string;
  readonly text?: string | undefined;
  readonly textId?: string;
  readonly needsScript?: boolean;
  readonly children?: ComponentChildren;
};

/** A row that says what it is for and bears its button. */
export function Row({ icon, title, text, textId, needsScript = false, children }: RowProps) {
  return (
    <section class={`row ${needsScript ? 'script-only' : ''}`}>
      <RowHead icon={icon} title={title} text={text} {...(textId && { textId })} />
      {children && <div class="row-more">{children}</div>}
    </section>
  );
}

/** A row that is opened first: nothing is done by a slip of the thumb. */
export function OpeningRow({ icon, title, text, needsScript = false, children }: RowProps) {
  return (
    <details class={`row row-opening ${needsScript ? 'script-only' : ''}`}>
      <summary>
        <RowHead icon={icon} title={title} text={text} />
      </summary>
      <div class="row-more">{children}</div>
    </details>
  );
}

const RowHead = ({ icon, title, text, textId }: Omit<RowProps, 'children'>) => (
  <div class="row-head">
    {icon}
    <h3>{title}</h3>
    {text && (
      <p class="soft" id={textId}>
        {text}
      </p>
    )}
  </div>
);
