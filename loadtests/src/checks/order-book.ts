// Holds the line to its word: one place per fan, kept for ever; nobody called before a smaller number; `served` never
// falls; and every number is what the published draw gives.
import type { FairnessView, LineDocument, PlaceView } from '@onsale/contracts';
import {
  type CrowdedGroups,
  commitment,
  drawSeed,
  fromHex,
  numbering,
  provesInclusion,
  rosterLeaf,
  toHex,
} from '@onsale/domain';
import type { CrowdBook } from '../crowd-book.ts';

type Seen = { index: number; number: number | null };

export class OrderBook {
  readonly #book: CrowdBook;
  readonly #places = new Map<number, Seen>();
  readonly #fanByIndex = new Map<number, number>();
  #latest: LineDocument | undefined;
  #served = 0;
  /** Passes given, until a document made later shows what had been called. */
  readonly #unproven: { number: number; atMs: number }[] = [];

  constructor(book: CrowdBook) {
    this.#book = book;
  }

  /** The highest number known to be called. */
  get served(): number {
    return this.#served;
  }

  get latest(): LineDocument | undefined {
    return this.#latest;
  }

  noteLine(line: LineDocument): void {
    const latest = this.#latest;
    const isNewer =
      latest === undefined || line.epoch > latest.epoch || (line.epoch === latest.epoch && line.seq > latest.seq);
    if (latest !== undefined && latest !== line) {
      const [older, newer] = isNewer ? [latest, line] : [line, latest];
      if (older.served > newer.served) {
        this.#book.violated(
          'the line went back',
          `served ${older.served} at seq ${older.seq}, ${newer.served} at ${newer.seq}`,
        );
      }
    }
    if (isNewer) {
      this.#latest = line;
      this.#provePasses(line);
    }
    this.#served = Math.max(this.#served, line.served);
  }

  notePlace(fan: number, { index, number }: PlaceView): void {
    const owner = this.#fanByIndex.get(index);
    if (owner !== undefined && owner !== fan) this.#book.violated('two fans have one place', `index ${index}`);
    this.#fanByIndex.set(index, fan);
    const seen = this.#places.get(fan) ?? { index, number };
    if (seen.index !== index) this.#book.violated('a place was lost', `index ${seen.index} became ${index}`);
    if (seen.number !== null && seen.number !== number) {
      this.#book.violated('a place was lost', `number ${seen.number} became ${number}`);
    }
    this.#places.set(fan, { index: seen.index, number: seen.number ?? number });
  }

  /** Called numbers went beyond this one, whose fan had checked in as asked and yet was taken for gone. */
  notePassedOver(number: number): void {
    const example = `number ${number} was passed over at ${this.#served} although its fan was there`;
    this.#book.violated('a fan was called before one with a smaller number', example);
  }

  /** A pass was given for this number: the next document made after that must have called it. */
  notePass(number: number): void {
    if (number > this.#served) this.#unproven.push({ number, atMs: Date.now() });
  }

  #provePasses({ served, at }: LineDocument): void {
    const madeAtMs = Date.parse(at);
    while (this.#unproven[0] !== undefined && this.#unproven[0].atMs < madeAtMs) {
      const { number } = this.#unproven.shift() ?? { number: 0 };
      if (number <= served) continue;
      const example = `number ${number} came in while ${served} were called`;
      this.#book.violated('a fan was called before one with a smaller number', example);
    }
  }

  /** Recomputes the draw as any outsider could, and every number of this crowd from it. */
  checkDraw({ saleId, draws }: FairnessView, crowded: ReadonlyMap<string, CrowdedGroups> = new Map()): void {
    const wrong = (what: string) => this.#book.violated('a number is not what the draw gives', what);
    const revealed = draws.flatMap((draw) => {
      const { secret, root, seed, firstIndex, size } = draw;
      if (secret === null || root === null || seed === null || firstIndex === null || size === null) return [];
      if (toHex(commitment(fromHex(secret))) !== draw.commitment) wrong('the secret does not fit the commitment');
      const parts = { secret: fromHex(secret), publicValue: draw.publicValue ?? '', root: fromHex(root), saleId };
      if (toHex(drawSeed(parts)) !== seed) wrong('the seed does not follow from secret, public value, root and sale');
      return [{ firstIndex, size, seed: fromHex(seed), crowded: crowded.get(draw.phaseId) ?? [] }];
    });
    if (revealed.length === 0) wrong('no draw was revealed');
    const numberAt = numbering({ draws: revealed, firstUndrawnIndex: null });
    const numbers = new Set<number>();
    for (const { index, number } of this.#places.values()) {
      if (number === null) continue;
      const expected = numberAt(index);
      if (expected !== number) wrong(`index ${index} has number ${number}, the draw gives ${expected}`);
      if (numbers.has(number)) this.#book.violated('two fans have one place', `number ${number}`);
      numbers.add(number);
    }
  }

  /** Whether the roster that was frozen before the reveal holds this index. */
  checkInclusion({ draws, inclusion }: FairnessView): void {
    if (inclusion === null) {
      this.#book.violated('a number is not what the draw gives', 'no inclusion proof');
      return;
    }
    const root = draws.find(({ phaseId }) => phaseId === inclusion.phaseId)?.rosterRoot;
    const leaf = rosterLeaf(inclusion.index, fromHex(inclusion.identityDigest));
    const proof = inclusion.proof.map(({ side, hash }) => ({ side, hash: fromHex(hash) }));
    if (root === null || root === undefined || !provesInclusion({ leaf, proof, root: fromHex(root) })) {
      this.#book.violated('a number is not what the draw gives', `index ${inclusion.index} is not in the roster`);
    }
  }

  indexesSeen(): readonly number[] {
    return [...this.#fanByIndex.keys()];
  }
}
