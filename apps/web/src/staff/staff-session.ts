// Who sits there and what they may do: known to every part of the console.
import type { SessionView } from '@onsale/contracts';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export const StaffSession = createContext<SessionView | null>(null);

export function useSession(): SessionView & { mayUse(routeId: string): boolean } {
  const session = useContext(StaffSession);
  if (session === null) throw new Error('nobody is signed in');
  return { ...session, mayUse: (routeId) => session.may.includes(routeId) };
}
