// Figures of a sale, each under its name: `staff.figure_<name>`.
import { type MessageKey, t } from '../language/language.ts';

type FigureName = MessageKey extends infer Key ? (Key extends `staff.figure_${infer Name}` ? Name : never) : never;
type Props = { class: string; figures: readonly (readonly [FigureName, string])[] };

export function Figures({ class: name, figures }: Props) {
  return (
    <dl class={name}>
      {figures.map(([figure, value]) => (
        <div key={figure}>
          <dt>{t(`staff.figure_${figure}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
