// Times as a field writes them and as the API wants them.

/** Null for an empty field. */
export const toTimestamp = (local: string): string | null => (local === '' ? null : new Date(local).toISOString());

/** The other way: to the minute, in the time zone of whoever sits there. */
export function toLocalField(timestamp: string | null): string {
  if (timestamp === null) return '';
  const at = new Date(timestamp);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export const ownTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
