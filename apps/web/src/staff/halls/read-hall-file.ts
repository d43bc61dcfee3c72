// What an organizer picked from the disk, as the import takes it.
import type { PlanImport } from '@onsale/contracts';

/** The staff API takes 4 MiB in one request. */
const FILE_BYTES_MAX = 4_000_000;

export type PickedFile =
  | { readonly kind: 'read'; readonly file: PlanImport['file'] }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'no_json'; readonly words: string };

export async function readHallFile(picked: Pick<File, 'name' | 'size' | 'text'>): Promise<PickedFile> {
  if (picked.size > FILE_BYTES_MAX) return { kind: 'too_large' };
  const text = await picked.text();
  // A plan begins with a brace, whatever its file is called.
  if (!text.trimStart().startsWith('{') && !picked.name.endsWith('.json')) return { kind: 'read', file: { csv: text } };
  try {
    return { kind: 'read', file: { json: JSON.parse(text) } };
  } catch (error) {
    return { kind: 'no_json', words: (error as Error).message };
  }
}
