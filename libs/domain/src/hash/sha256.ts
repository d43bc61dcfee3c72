// SHA-256 and HMAC-SHA256 over bytes, synchronous and the same in a browser, a worker and Node.
// The rules may not depend on node:crypto, and WebCrypto is asynchronous, which a loop over a roster cannot afford.
// Source: FIPS 180-4 (SHA-256), RFC 2104 (HMAC). Checked against node:crypto in the test beside this file.

const ROUND_CONSTANTS = roundConstants();
const INITIAL_STATE = Uint32Array.from([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
const BLOCK_BYTES = 64;
const schedule = new Uint32Array(64);

/** SHA-256 of the bytes; 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  const state = INITIAL_STATE.slice();
  absorb(state, message, 0);
  return toBytes(state);
}

/**
 * For many messages that begin alike: what they share is taken once, and nothing is made anew per message. The answer is
 * the digest as eight words, the same array each time. A message ends with at most `tailMax` further bytes.
 */
export function sha256Beginning(
  start: Uint8Array,
  tailMax: number,
): (tail: Uint8Array, length: number) => Readonly<Uint32Array> {
  const shared = INITIAL_STATE.slice();
  const whole = start.length - (start.length % BLOCK_BYTES);
  for (let offset = 0; offset < whole; offset += BLOCK_BYTES) compress(shared, start, offset);
  const rest = start.subarray(whole);
  const blocks = new Uint8Array(Math.ceil((rest.length + tailMax + 9) / BLOCK_BYTES) * BLOCK_BYTES);
  const view = new DataView(blocks.buffer);
  const state = new Uint32Array(8);
  return (tail, length) => {
    const end = rest.length + length;
    const size = Math.ceil((end + 9) / BLOCK_BYTES) * BLOCK_BYTES;
    blocks.fill(0).set(rest);
    for (let i = 0; i < length; i++) blocks[rest.length + i] = tail[i] as number;
    blocks[end] = 0x80;
    view.setUint32(size - 4, (start.length + length) * 8);
    state.set(shared);
    for (let offset = 0; offset < size; offset += BLOCK_BYTES) compress(state, blocks, offset);
    return state;
  };
}

/** HMAC-SHA256 (RFC 2104) of the message under a key of any length; 32 bytes. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmacWithKey(key)(message);
}

/** Prepares a key once, so that each message costs two compressions less. */
export function hmacWithKey(key: Uint8Array): (message: Uint8Array) => Uint8Array {
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(key.length > BLOCK_BYTES ? sha256(key) : key);
  const inner = INITIAL_STATE.slice();
  compress(
    inner,
    block.map((byte) => byte ^ 0x36),
    0,
  );
  const outer = INITIAL_STATE.slice();
  compress(
    outer,
    block.map((byte) => byte ^ 0x5c),
    0,
  );
  return (message) => {
    const innerState = inner.slice();
    absorb(innerState, message, BLOCK_BYTES);
    const outerState = outer.slice();
    absorb(outerState, toBytes(innerState), BLOCK_BYTES);
    return toBytes(outerState);
  };
}

/** Runs all blocks and the padding; `before` is how many bytes the state has taken already (a multiple of 64). */
function absorb(state: Uint32Array, message: Uint8Array, before: number): void {
  const whole = message.length - (message.length % BLOCK_BYTES);
  for (let offset = 0; offset < whole; offset += BLOCK_BYTES) compress(state, message, offset);
  const rest = message.length - whole;
  const tail = new Uint8Array(rest + 9 > BLOCK_BYTES ? 2 * BLOCK_BYTES : BLOCK_BYTES);
  tail.set(message.subarray(whole));
  tail[rest] = 0x80;
  const bits = (before + message.length) * 8;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(bits / 2 ** 32));
  view.setUint32(tail.length - 4, bits >>> 0);
  for (let offset = 0; offset < tail.length; offset += BLOCK_BYTES) compress(state, tail, offset);
}

// Typed-array reads inside the bounds are never undefined; `| 0` tells the compiler so and costs nothing.
function compress(state: Uint32Array, block: Uint8Array, offset: number): void {
  const w = schedule;
  for (let i = 0, at = offset; i < 16; i++, at += 4) {
    w[i] =
      ((block[at] as number) << 24) |
      ((block[at + 1] as number) << 16) |
      ((block[at + 2] as number) << 8) |
      (block[at + 3] as number);
  }
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15] as number;
    const b = w[i - 2] as number;
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0;
  }
  // Word by word: to take an array apart would ask it for an iterator, millions of times.
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND_CONSTANTS[i] as number) + (w[i] as number)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

function toBytes(state: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  state.forEach((word, i) => {
    view.setUint32(i * 4, word);
  });
  return bytes;
}

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
function roundConstants(): Uint32Array {
  const constants = new Uint32Array(64);
  let found = 0;
  for (let candidate = 2; found < 64; candidate++) {
    if (!isPrime(candidate)) continue;
    const root = Math.cbrt(candidate);
    constants[found++] = (root - Math.floor(root)) * 2 ** 32;
  }
  return constants;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) return false;
  return true;
}
