// The offline page stands until our servers can be reached again, and then makes room for the page that was asked for.

export const OFFLINE_MARK = 'offline-page';

const LOOK_EVERY_MS = 4_000;

export function awaitReturn(): void {
  const look = async () => {
    try {
      await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
      location.reload();
    } catch {
      setTimeout(() => void look(), LOOK_EVERY_MS);
    }
  };
  addEventListener('online', () => location.reload());
  setTimeout(() => void look(), LOOK_EVERY_MS);
}
