// MongoDB addresses: URL() does not understand those with several hosts.

/** The same address with the given database as the default one. */
export function withDatabase(uri: string, database: string): string {
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*(\?.*)?$/.exec(uri);
  if (!parts) throw new Error('not a MongoDB address');
  return `${parts[1]}/${database}${parts[2] ?? ''}`;
}
