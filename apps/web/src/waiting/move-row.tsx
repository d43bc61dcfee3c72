// Going on with another device: a link that moves the place once, shown as a code to scan.
import type { MoveLinkView } from '@onsale/contracts';
import { useState } from 'preact/hooks';
import { fanApi } from '../api/fan-api.ts';
import { QrCode } from '../booking/qr-code.tsx';
import { formatTime, t } from '../language/language.ts';
import { PhoneIcon } from './icons.tsx';
import { Row } from './meanwhile-card.tsx';
import type { ScreenProps } from './waiting-page.tsx';

export function MoveRow({ standing }: ScreenProps) {
  const [link, setLink] = useState<MoveLinkView | 'failed' | null>(null);
  const show = async () => {
    const answer = await fanApi.makeMoveLink(standing.sale.id);
    setLink(answer.kind === 'ok' ? answer.body : 'failed');
  };
  const isShown = link !== null && link !== 'failed';
  return (
    <Row icon={<PhoneIcon />} title={t('move.title')} text={isShown ? undefined : t('move.text')} needsScript>
      {isShown ? (
        <MoveLink link={link} />
      ) : (
        <>
          <button type="button" class="button" onClick={show}>
            {t('move.show')}
          </button>
          <p role="alert">{link === 'failed' && t('page.failed')}</p>
        </>
      )}
    </Row>
  );
}

function MoveLink({ link }: { link: MoveLinkView }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(link.url);
    setCopied(true);
  };
  return (
    <>
      <p role="status">{t('move.scan', { time: formatTime(link.expiresAt) })}</p>
      <QrCode text={link.url} label={t('move.code')} />
      <button type="button" class="button" onClick={() => void copy().catch(() => undefined)}>
        {t(copied ? 'move.copied' : 'move.copy')}
      </button>
    </>
  );
}
