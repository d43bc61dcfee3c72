// Says so when our servers cannot be reached, and that nothing is lost by it.
import { useEffect, useState } from 'preact/hooks';
import { connectionNow, reportConnection, watchConnection } from '../api/connection.ts';
import { t } from '../language/language.ts';

export function ConnectionBanner() {
  const [connection, setConnection] = useState(connectionNow);
  useEffect(() => {
    const goneOffline = () => reportConnection('down');
    addEventListener('offline', goneOffline);
    const stop = watchConnection(setConnection);
    return () => {
      removeEventListener('offline', goneOffline);
      stop();
    };
  }, []);
  return (
    <div class="connection" role="status">
      {connection === 'down' && (
        <p>
          <strong>{t('connection.lost')}</strong> {t('connection.safe')}
        </p>
      )}
    </div>
  );
}
