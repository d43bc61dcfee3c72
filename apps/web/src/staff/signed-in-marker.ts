// Whether this browser signed in to the staff pages. The session is in a cookie no script can read; without this mark
// the page would ask for a session that is not there on every first visit.

const KEY = 'onsale.staff';

export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(KEY) !== null;
  } catch {
    return true; // storage is off: only the server knows
  }
}

export function markSignedIn(signedIn: 'in' | 'out'): void {
  try {
    if (signedIn === 'in') localStorage.setItem(KEY, '1');
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is off: wasSignedIn says so.
  }
}
