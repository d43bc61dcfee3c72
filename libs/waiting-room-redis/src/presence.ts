// Presence costs two bytes for each number: until when silence is forgiven, in units of 8 s that wrap around after
// three days. Nothing that is compared lies further away than half of that.
export const PRESENCE_UNIT_MS = 8_000;
const WRAP = 0x7ffe; // 0 (never heard of) and what has the highest bit (ghost, left) stay apart

/** The entry of a fan who is present and may stay silent until `until`, ms. */
export function presentUntil(until: number): Buffer {
  const entry = Buffer.alloc(2);
  entry.writeUInt16BE((Math.ceil(until / PRESENCE_UNIT_MS) % WRAP) + 1);
  return entry;
}
