// Who needs an accessible place says so here, wherever seats are chosen: it opens the seats that are kept for them and the
// seats beside those.
import { t } from '../language/language.ts';
import { Stepper } from '../ui/stepper.tsx';

type Props = { accessible: number; most: number; onChange: (accessible: number) => void };

export function AccessibleChoice({ accessible, most, onChange }: Props) {
  return (
    <div class="accessible-choice">
      <label class="tick">
        <input type="checkbox" checked={accessible > 0} onChange={() => onChange(accessible > 0 ? 0 : 1)} />
        <span>{t('access.need')}</span>
      </label>
      {accessible > 0 && most > 1 && (
        <div class="quick-size">
          <p>
            {t('access.how')} <span class="soft">{t('access.hint')}</span>
          </p>
          <Stepper label={t('access.how')} value={accessible} least={1} most={most} onChange={onChange} />
        </div>
      )}
    </div>
  );
}
