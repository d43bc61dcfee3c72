// MongoDB addresses: URL() does not understand those with several hosts.

const PARTS = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?([^?]*)(\?.*)?$/;

/** The same address with the given database as the default one. */
export function withDatabase(uri: string, database: string): string {
  const [, server, , options = ''] = parse(uri);
  return `${server}/${database}${options}`;
}

/** The same address; one that names no database gets the given one. */
export function withDefaultDatabase(uri: string, database: string): string {
  const [, , named] = parse(uri);
  return named ? uri : withDatabase(uri, database);
}

function parse(uri: string): RegExpExecArray {
  const parts = PARTS.exec(uri);
  if (!parts) throw new Error('not a MongoDB address');
  return parts;
}
