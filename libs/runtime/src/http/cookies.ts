// Cookies by RFC 6265: reading a header, writing an HttpOnly one.

/** The value of one cookie of the header; undefined when it is not there. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}

export type CookieOptions = {
  readonly name: string;
  /** Must hold no white space, comma, semicolon or quote; tokens in base64url do not. */
  readonly value: string;
  readonly maxAgeSeconds: number;
  readonly path?: string;
  readonly secure: boolean;
};

/** A Set-Cookie value: HttpOnly, SameSite=Lax. maxAgeSeconds 0 takes the cookie away. */
export function writeCookie({ name, value, maxAgeSeconds, path = '/', secure }: CookieOptions): string {
  return `${name}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}

/** The credential of `Authorization: <scheme> <credential>`; undefined for another scheme. */
export function readAuthorization(header: string | undefined, scheme: string): string | undefined {
  if (header === undefined || header.length <= scheme.length) return undefined;
  if (header.slice(0, scheme.length).toLowerCase() !== scheme.toLowerCase() || header[scheme.length] !== ' ')
    return undefined;
  return header.slice(scheme.length + 1).trim();
}
