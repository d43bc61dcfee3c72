// The buyer's name and address, kept in this tab only (session storage) so that a reload does not lose what was typed.

export type Contact = { readonly name: string; readonly email: string };
export type ContactField = keyof Contact;
export type ContactProblems = { readonly [Field in ContactField]?: 'missing' | 'malformed' };

const KEY = 'onsale.contact';

export function readContact(): Contact {
  try {
    const stored = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Contact>;
    return { name: stored.name ?? '', email: stored.email ?? '' };
  } catch {
    return { name: '', email: '' }; // storage is off or holds something else: begin empty
  }
}

export function keepContact(contact: Contact): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(contact));
  } catch {
    // Storage is off: the form still works, a reload loses it.
  }
}

/** What is wrong with it, field by field; empty when it can be sent. The server has the last word. */
export function contactProblems({ name, email }: Contact): ContactProblems {
  return {
    ...(name.trim() === '' && { name: 'missing' as const }),
    ...(email.trim() === ''
      ? { email: 'missing' as const }
      : !looksLikeEmail(email) && { email: 'malformed' as const }),
  };
}

const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text.trim());
