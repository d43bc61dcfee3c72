// Asks for the service worker once the page stands: it is for later, and must not take bandwidth from now.

/** Browsers allow it on secure origins only; without it the page works as before, but for a reload without a network. */
export function registerForOffline(): void {
  if (!('serviceWorker' in navigator)) return;
  const register = () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
