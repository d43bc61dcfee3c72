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
const CROWDED_RULE = 'keep-sqrt-100-v1';
const ROUNDS = 4;

const sha256 = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * What is wrong with a revealed draw, one sentence each; nothing when it is as it must be. `groups`: the places that came
 * in a storm, as published beside the record; none where it has no hash of them.
 */
export function verifyDraw(saleId, draw, groups = []) {
  if (draw.seed === null || draw.secret === null) return ['This draw is not revealed yet.'];
  const faults = [];
  const secret = bytes(draw.secret, 'secret', faults);
  const root = bytes(draw.root, 'root', faults);
  if (draw.rule !== RULE) faults.push(`The rule is ${draw.rule}; this program knows ${RULE}.`);
  if (sha256(secret).toString('hex') !== draw.commitment)
    faults.push('The secret is not the one that was committed to.');
  const seed = sha256(secret, Buffer.from(draw.publicValue ?? ''), root, Buffer.from(saleId)).toString('hex');
  if (seed !== draw.seed) faults.push('The seed does not follow from secret, public value, root and sale.');
  if (!Number.isInteger(draw.size) || draw.size < 0) faults.push('The size of the roster is no number of fans.');
  if (!(Date.parse(draw.frozenAt) <= Date.parse(draw.revealedAt))) faults.push('It was revealed before it was frozen.');
  return [...faults, ...publicValueFaults(draw), ...groupFaults(draw, groups)];
}

/** True when the draw was held without the public value it had named, as announced: worth asking why. */
export function heldWithout(draw) {
  return draw.publicValueSource !== null && draw.publicValue === null;
}

function publicValueFaults(draw) {
  if (draw.publicValueSource === null) return draw.publicValue === null ? [] : ['It has a public value nobody named.'];
  if (!heldWithout(draw)) return [];
  const waited = Date.parse(draw.revealedAt) - Date.parse(draw.frozenAt);
  return waited >= draw.publicValueWaitSeconds * 1000 ? [] : ['The public value that was promised was not waited for.'];
}

/** The root binds size, roster and groups; a place stands in one group at most. */
function groupFaults(draw, groups) {
  const faults = [];
  const hash = groups.length === 0 ? null : sha256(JSON.stringify(groups)).toString('hex');
  if (hash !== draw.crowdedHash) return ['The groups of crowded blocks are not those the root is bound to.'];
  const covered = Buffer.alloc(9, 2);
  covered.writeUInt32BE(draw.firstIndex >>> 0, 1);
  covered.writeUInt32BE(draw.size >>> 0, 5);
  const rosterRoot = bytes(draw.rosterRoot, 'root of the roster', faults);
  if (sha256(covered, rosterRoot, Buffer.from(hash ?? '', 'hex')).toString('hex') !== draw.root)
    faults.push('The root does not follow from size, roster and the groups of crowded blocks.');
  const members = groups.flat();
  const isIn = (index) => index >= draw.firstIndex && index < draw.firstIndex + draw.size;
  if (new Set(members).size !== members.length || !members.every(isIn))
    faults.push('A group of a crowded block names a place twice, or one outside the draw.');
  if (hash !== null && draw.crowdedRule !== CROWDED_RULE)
    faults.push(`The rule for crowded blocks is ${draw.crowdedRule}; this program knows ${CROWDED_RULE}.`);
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
  return hash.toString('hex') === draw.rosterRoot ? [] : ['The proof does not lead to the published root.'];
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
export function orderOf(draw, groups = []) {
  const { firstIndex, size } = draw;
  const positionOf = positions(draw);
  const demoted = demotedOf(draw, { groups, positionOf });
  if (demoted.length === 0) return (index) => firstIndex + positionOf(index - firstIndex) + 1;
  return (index) => {
    const position = positionOf(index - firstIndex);
    const before = countBelow(demoted, position);
    const stands = demoted[before] === position ? size - demoted.length + before : position - before;
    return firstIndex + stands + 1;
  };
}

/** Of each group more than the square root's worth stands behind everybody else, in the order drawn. */
function demotedOf({ firstIndex }, { groups, positionOf }) {
  const demoted = groups.flatMap((group) => {
    const drawn = group.map((index) => positionOf(index - firstIndex)).sort((a, b) => a - b);
    return drawn.slice(drawn.length <= 100 ? drawn.length : Math.ceil(Math.sqrt(100 * drawn.length)));
  });
  return Uint32Array.from(demoted).sort();
}

function countBelow(values, limit) {
  let [from, to] = [0, values.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (values[middle] < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Index to position, both from 0, as the permutation has it. */
function positions({ seed, size }) {
  if (size <= 1) return (index) => index;
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
    let position = index;
    do {
      let [left, right] = [position >>> halfBits, position & (half - 1)];
      for (let round = 0; round < ROUNDS; round++) [left, right] = [right, left ^ table[round * half + right]];
      position = ((left << halfBits) | right) >>> 0;
    } while (position >= size);
    return position;
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
    const groups = draw.crowdedHash === null ? [] : await groupsOf(draw, { source, file: option('--crowded') });
    const found = verifyDraw(record.saleId, draw, groups);
    if (noted !== undefined && noted !== draw.commitment) found.push('The commitment is not the one you noted.');
    tell(`draw of phase ${draw.phaseId}: ${draw.size} fans, seed ${draw.seed}`, found);
    if (draw.publicValue !== null)
      console.log(`       public value "${draw.publicValue}" of: ${draw.publicValueSource}`);
    if (heldWithout(draw))
      console.log(`note   held without the public value that was named: ${draw.publicValueSource}`);
    if (groups.length > 0) console.log(`       ${groups.flat().length} places in ${groups.length} crowded blocks`);
    if (record.inclusion?.phaseId === draw.phaseId) {
      const { index } = record.inclusion;
      tell(
        `index ${index} took part and has number ${orderOf(draw, groups)(index)}`,
        verifyInclusion(draw, record.inclusion),
      );
    }
    if (option('--order') !== undefined && found.length === 0) writeOrder(option('--order'), { draw, groups });
  }
  process.exitCode = faults === 0 ? 0 : 1;
}

/** From beside the record, or from a file with the same answer. */
async function groupsOf({ phaseId }, { source, file }) {
  if (file !== undefined) return JSON.parse(readFileSync(file, 'utf8')).groups;
  if (!source.startsWith('http')) throw new Error('Say with --crowded <file> where the groups of crowded blocks are.');
  const address = new URL(source);
  const answer = await fetch(`${address.origin}${address.pathname}/${phaseId}/crowded`);
  return (await answer.json()).groups;
}

function writeOrder(file, { draw, groups }) {
  const numberOf = orderOf(draw, groups);
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
