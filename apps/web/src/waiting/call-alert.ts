// Calls the fan's attention when the turn has come: tab title, sound, vibration, notification. Sound and notification
// only after the fan asked for them, and never twice for one call.
import { t } from '../language/language.ts';

let audio: AudioContext | null = null;
let asked = false;

export const alertsWanted = (): boolean => asked;

/** Must run inside a tap or key press: browsers give sound and permission only then. */
export async function wantAlerts(): Promise<void> {
  asked = true;
  audio ??= new AudioContext();
  await audio.resume().catch(() => undefined);
  if ('Notification' in window && Notification.permission === 'default') await Notification.requestPermission();
}

/** Returns how to take the title back. */
export function alertCalled(): () => void {
  const title = document.title;
  document.title = `● ${t('called.tabTitle')}`;
  if (asked) chime();
  if ('vibrate' in navigator && navigator.userActivation?.hasBeenActive) navigator.vibrate([200, 100, 200]);
  if (asked && document.visibilityState === 'hidden') notify();
  return () => {
    document.title = title;
  };
}

function notify(): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const words = { body: t('called.text'), icon: '/icon.svg', tag: 'onsale-called' };
  try {
    const note = new Notification(t('called.title'), words);
    note.onclick = () => window.focus();
  } catch {
    // Some phones allow notifications from a service worker only.
    void navigator.serviceWorker?.ready.then((worker) => worker.showNotification(t('called.title'), words));
  }
}

// Three soft notes of a theatre bell, made here so that no sound file has to be loaded.
function chime(): void {
  if (audio === null) return;
  for (const [i, frequency] of [523.25, 659.25, 783.99].entries()) {
    const at = audio.currentTime + i * 0.28;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.0001, at);
    volume.gain.exponentialRampToValueAtTime(0.25, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 1.1);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 1.2);
  }
}
