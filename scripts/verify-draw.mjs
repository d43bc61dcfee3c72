#!/usr/bin/env node
// Recomputes the draw of a sale from its published record, with none of the server's code and nothing but Node:
//
//   node scripts/verify-draw.mjs https://tickets.example/api/v1/sales/<sale>/fairness?index=41
//   node scripts/verify-draw.mjs fairness.json --commitment <hex noted before the opening> --order order.csv
//
// docs/fairness.md says what this proves and what it does not.
import { createHash, createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const RULE = 'feistel4-hmac-sha256-v1';
const ROUNDS = 4;

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** What is wrong with a revealed draw, one sentence each; nothing when it is as it must be. */
export function verifyDraw(saleId, draw) {
  if (draw.seed === null || draw.secret === null) return ['This draw is not revealed yet.'];
  const faults = [];
  const secret = bytes(draw.secret, 'secret', faults);
  const root = bytes(draw.root, 'root', faults);
  if (draw.rule !== RULE) faults.push(`The rule is ${draw.rule}; this program knows ${RULE}.`);
  if (sha256(secret).toString('hex') !== draw.commitment)
    faults.push('The secret is not the one that was committed to.');
  if (draw.publicValueSource !== null && !draw.publicValue)
    faults.push('The public value that was promised is missing.');
  const seed = sha256(secret, Buffer.from(draw.publicValue ?? ''), root, Buffer.from(saleId)).toString('hex');
  if (seed !== draw.seed) faults.push('The seed does not follow from secret, public value, root and sale.');
  if (!Number.isInteger(draw.size) || draw.size < 0) faults.push('The size of the roster is no number of fans.');
  if (!(Date.parse(draw.frozenAt) <= Date.parse(draw.revealedAt))) faults.push('It was revealed before it was frozen.');
  return faults;
}

/** What is wrong with the proof that one fan took part. The size of the roster fixes which way the proof must go. */
export function verifyInclusion(draw, { index, identityDigest, proof }) {
  const position = index - draw.firstIndex;
  if (!Number.isInteger(position) || position < 0 || position >= draw.size)
    return ['The index took no part in this draw.'];
  const path = pathOf(position, draw.size);
  if (path.length !== proof.length || proof.some(({ side }, i) => side !== path[i])) {
    return ['The proof is not one for this index in a roster of this size.'];
  }
  const leaf = Buffer.alloc(5);
  leaf.writeUInt32BE(index, 1);
  let hash = sha256(leaf, Buffer.from(identityDigest, 'hex'));
  for (const step of proof) {
    const sibling = Buffer.from(step.hash, 'hex');
    hash = step.side === 'left' ? sha256(NODE, sibling, hash) : sha256(NODE, hash, sibling);
  }
  return hash.toString('hex') === draw.root ? [] : ['The proof does not lead to the published root.'];
}

const NODE = Buffer.from([1]);

/** On which side each sibling stands from the leaf up; a node without one moves up unchanged. */
function pathOf(position, size) {
  const path = [];
  for (let count = size, at = position; count > 1; count = Math.ceil(count / 2), at >>>= 1) {
    if (at % 2 === 1) path.push('left');
    else if (at + 1 < count) path.push('right');
  }
  return path;
}

/** A function from index to number; each round value of the permutation is computed once. */
export function orderOf({ seed, firstIndex, size }) {
  if (size <= 1) return (index) => index + 1;
  const halfBits = Math.ceil((32 - Math.clz32(size - 1)) / 2);
  const half = 2 ** halfBits;
  const key = Buffer.from(seed, 'hex');
  const message = Buffer.alloc(5);
  const table = new Uint32Array(ROUNDS * half);
  for (let round = 0; round < ROUNDS; round++) {
    for (let x = 0; x < half; x++) {
      message[0] = round;
      message.writeUInt32BE(x, 1);
      table[round * half + x] = createHmac('sha256', key).update(message).digest().readUInt32BE(0) & (half - 1);
    }
  }
  return (index) => {
    let position = index - firstIndex;
    do {
      let [left, right] = [position >>> halfBits, position & (half - 1)];
      for (let round = 0; round < ROUNDS; round++) [left, right] = [right, left ^ table[round * half + right]];
      position = ((left << halfBits) | right) >>> 0;
    } while (position >= size);
    return firstIndex + position + 1;
  };
}

function bytes(hex, name, faults) {
  if (typeof hex !== 'string' || !/^([0-9a-f]{2}){32}$/.test(hex)) faults.push(`The ${name} is not 32 bytes of hex.`);
  return Buffer.from(String(hex), 'hex');
}

async function main([source, ...options]) {
  if (source === undefined) throw new Error('Say where the fairness record is: an address or a file.');
  const option = (name) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
  const record = JSON.parse(
    source.startsWith('http') ? await (await fetch(source)).text() : readFileSync(source, 'utf8'),
  );
  const noted = option('--commitment');
  let faults = 0;
  const tell = (subject, found) => {
    faults += found.length;
    console.log(
      `${found.length === 0 ? 'ok    ' : 'FAULT '} ${subject}${found.map((fault) => `\n       ${fault}`).join('')}`,
    );
  };
  for (const draw of record.draws) {
    const found = verifyDraw(record.saleId, draw);
    if (noted !== undefined && noted !== draw.commitment) found.push('The commitment is not the one you noted.');
    tell(`draw of phase ${draw.phaseId}: ${draw.size} fans, seed ${draw.seed}`, found);
    if (record.inclusion?.phaseId === draw.phaseId) {
      const { index } = record.inclusion;
      tell(`index ${index} took part and has number ${orderOf(draw)(index)}`, verifyInclusion(draw, record.inclusion));
    }
    if (option('--order') !== undefined && found.length === 0) writeOrder(option('--order'), draw);
  }
  process.exitCode = faults === 0 ? 0 : 1;
}

function writeOrder(file, draw) {
  const numberOf = orderOf(draw);
  const lines = ['index,number'];
  for (let index = draw.firstIndex; index < draw.firstIndex + draw.size; index++)
    lines.push(`${index},${numberOf(index)}`);
  writeFileSync(file, `${lines.join('\n')}\n`);
}

if (/verify-draw(\.mjs)?$/.test(process.argv[1] ?? '')) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
