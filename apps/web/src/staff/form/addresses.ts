// Addresses as people paste them: by line, comma or semicolon, with or without a name before them.

export type Addresses = {
  /** Each once, in the order of coming. */
  readonly emails: readonly string[];
  /** What is none, as it was written. */
  readonly strange: readonly string[];
  readonly repeated: readonly string[];
};

const ADDRESS = /^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/;

export function readAddresses(text: string): Addresses {
  const emails = new Map<string, string>();
  const strange: string[] = [];
  const repeated: string[] = [];
  for (const part of text.split(/[\n,;]/)) {
    const written = part.trim();
    if (written === '') continue;
    const address = /<([^<>]*)>$/.exec(written)?.[1]?.trim() ?? written;
    if (!ADDRESS.test(address)) strange.push(written);
    else if (emails.has(address.toLowerCase())) repeated.push(address);
    else emails.set(address.toLowerCase(), address);
  }
  return { emails: [...emails.values()], strange, repeated };
}
