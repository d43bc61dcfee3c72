// Runs the unified-format tests of mongodb/specifications with the official driver against the embedded server:
//   npm run bench -- mongo-driver-specs <folder with the .json files>
// Tells for each file what passes, fails, or is out of scope and why. The test files themselves are not part of this
// repository.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { EJSON } from 'bson';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../src/index.ts';
import { Entities, OutOfScope } from './unified/entities.ts';
import { matches } from './unified/match.ts';
import { runOperation } from './unified/operations.ts';

type Doc = Record<string, unknown>;
type Requirement = {
  minServerVersion?: string;
  maxServerVersion?: string;
  topologies?: string[];
  serverless?: string;
  auth?: boolean;
  csfle?: boolean;
};
type SpecTest = {
  description: string;
  skipReason?: string;
  runOnRequirements?: Requirement[];
  operations: Doc[];
  expectEvents?: { client: string; events: Doc[]; ignoreExtraEvents?: boolean; eventType?: string }[];
  outcome?: { collectionName: string; databaseName: string; documents: Doc[] }[];
};
type SpecFile = {
  description: string;
  runOnRequirements?: Requirement[];
  createEntities?: Doc[];
  initialData?: { collectionName: string; databaseName: string; documents: Doc[] }[];
  tests: SpecTest[];
};

// What the driver does not do itself; its own runner leaves most of these out for the same reasons.
const falseIsDropped = 'does not send bypassDocumentValidation: false';
const nullIsReplaced = 'puts an ObjectId in the place of a null _id';
const needsSecondary = 'waits for a secondary when it first connects, and there is none in a set of one';
const driverGaps = new Map([
  ['Aggregate with $out passes bypassDocumentValidation: false', falseIsDropped],
  ['BulkWrite passes bypassDocumentValidation: false', falseIsDropped],
  ['FindOneAndReplace passes bypassDocumentValidation: false', falseIsDropped],
  ['FindOneAndUpdate passes bypassDocumentValidation: false', falseIsDropped],
  ['InsertMany passes bypassDocumentValidation: false', falseIsDropped],
  ['inserting _id with type null via insertOne', nullIsReplaced],
  ['inserting _id with type null via insertMany', nullIsReplaced],
  ['inserting _id with type null via bulkWrite', nullIsReplaced],
  ['transaction options inherited from client', 'changes the read concern of a command it has told of already'],
  ['readPreference inherited from client', needsSecondary],
  [
    'run command with secondary read preference in client option and primary read preference in transaction options',
    needsSecondary,
  ],
  ['First insertOne is never committed', 'names the ids of inserts that were only tried'],
]);

const serverVersion = [7, 0, 0];
const testMsMax = 30_000;

export async function run(say: (line: string) => void): Promise<unknown[]> {
  const folder = process.argv[3];
  if (folder === undefined) throw new Error('give the folder that holds the specification tests');
  const server = await startEmbeddedMongo();
  const admin = await MongoClient.connect(server.uri);
  const totals = { pass: 0, fail: 0, outOfScope: 0 };
  const reasons = new Map<string, number>();
  const rows: unknown[] = [];
  for (const path of filesIn(folder)) {
    const file = EJSON.parse(readFileSync(path, 'utf8')) as SpecFile;
    for (const test of file.tests) {
      const verdict = await runTest({ uri: server.uri, admin, file, test });
      totals[verdict.kind] += 1;
      if (verdict.kind === 'outOfScope') reasons.set(verdict.why, (reasons.get(verdict.why) ?? 0) + 1);
      if (verdict.kind === 'fail') say(`  FAILS ${basename(path)}: ${test.description}\n        ${verdict.why}`);
      rows.push({ file: basename(path), test: test.description, ...verdict });
    }
  }
  for (const [why, count] of reasons) say(`  out of scope ${String(count).padStart(4)}  ${why}`);
  say(`  ${totals.pass} pass, ${totals.fail} fail, ${totals.outOfScope} out of scope`);
  await admin.close();
  await server.stop();
  return rows;
}

const filesIn = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join(folder, name));

type Verdict = { kind: 'pass' } | { kind: 'fail' | 'outOfScope'; why: string };
type Run = { uri: string; admin: MongoClient; file: SpecFile; test: SpecTest };

async function runTest({ uri, admin, file, test }: Run): Promise<Verdict> {
  if (test.skipReason !== undefined) return { kind: 'outOfScope', why: 'skipped by the specification itself' };
  const unmet = requirement(file.runOnRequirements) ?? requirement(test.runOnRequirements);
  if (unmet !== null) return { kind: 'outOfScope', why: unmet };
  const gap = driverGaps.get(test.description);
  if (gap !== undefined) return { kind: 'outOfScope', why: `the driver: ${gap}` };
  const entities = new Entities(uri, admin);
  let timer: NodeJS.Timeout | undefined;
  try {
    await admin.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    await admin.db('admin').command({ configureFailPoint: 'onPrimaryTransactionalWrite', mode: 'off' });
    await admin.db('admin').command({ killSessions: [] });
    await prepare(admin, file);
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('took too long')), testMsMax);
    });
    await Promise.race([play(entities, admin, file, test), limit]);
    return { kind: 'pass' };
  } catch (error) {
    if (error instanceof OutOfScope) return { kind: 'outOfScope', why: error.message };
    const why = (error as Error).message.slice(0, 500);
    if (why.includes('is not implemented by the embedded server'))
      return { kind: 'outOfScope', why: why.replace(/^\w+ failed: /, '') };
    // The driver sends a wtimeout when it commits again, which the specification has dropped since.
    if (why.endsWith('writeConcern: unexpected wtimeout')) {
      return { kind: 'outOfScope', why: 'the driver itself sends wtimeout' };
    }
    return { kind: 'fail', why };
  } finally {
    clearTimeout(timer);
    await entities.close();
  }
}

async function play(entities: Entities, admin: MongoClient, file: SpecFile, test: SpecTest): Promise<void> {
  await entities.create(file.createEntities ?? []);
  for (const operation of test.operations) await runOperation(entities, operation);
  for (const expected of test.expectEvents ?? []) checkEvents(entities, expected);
  for (const { collectionName, databaseName, documents } of test.outcome ?? []) {
    const actual = await admin
      .db(databaseName)
      .collection(collectionName)
      .find({}, { sort: { _id: 1 } })
      .toArray();
    const difference =
      actual.length === documents.length
        ? matches(documents, actual, { entities, root: false })
        : `${actual.length} documents`;
    if (difference !== null)
      throw new Error(`outcome of ${collectionName}: ${difference}, have ${JSON.stringify(actual).slice(0, 300)}`);
  }
}

async function prepare(admin: MongoClient, { initialData = [] }: SpecFile): Promise<void> {
  for (const { collectionName, databaseName, documents } of initialData) {
    const db = admin.db(databaseName);
    await db.dropCollection(collectionName);
    await db.createCollection(collectionName);
    if (documents.length > 0) await db.collection(collectionName).insertMany(structuredClone(documents));
  }
}

function checkEvents(
  entities: Entities,
  { client, events, ignoreExtraEvents, eventType }: NonNullable<SpecTest['expectEvents']>[number],
): void {
  if (eventType !== undefined && eventType !== 'command') return;
  const actual = entities.eventsOf(client);
  if (ignoreExtraEvents ? actual.length < events.length : actual.length !== events.length) {
    throw new Error(
      `expected ${events.length} events, saw ${actual.length}: ${actual.map((event) => `${Object.keys(event)[0]} ${String((Object.values(event)[0] as Doc).commandName)}`).join(', ')}`,
    );
  }
  for (const [i, event] of events.entries()) {
    const difference = matches(event, actual[i], { entities, root: true });
    if (difference !== null) throw new Error(`event ${i}: ${difference}`);
  }
}

function requirement(requirements: Requirement[] | undefined): string | null {
  if (requirements === undefined || requirements.length === 0) return null;
  const reasons = requirements.map((one) => {
    if (one.topologies && !one.topologies.includes('replicaset')) return `needs ${one.topologies.join(' or ')}`;
    if (one.minServerVersion && compare(one.minServerVersion) > 0) return `needs a server from ${one.minServerVersion}`;
    if (one.maxServerVersion && compare(one.maxServerVersion) < 0)
      return `is for servers up to ${one.maxServerVersion}`;
    if (one.serverless === 'require') return 'needs serverless';
    if (one.auth === true || one.csfle === true) return 'needs authentication or encryption';
    return null;
  });
  return reasons.includes(null) ? null : (reasons[0] ?? null);
}

/** Positive if the version asked for is newer than the server. */
function compare(version: string): number {
  const parts = version
    .split('.')
    .map((part) => (part === 'x' || part === '99' ? Number.POSITIVE_INFINITY : Number(part)));
  for (const [i, own] of serverVersion.entries()) {
    const difference = (parts[i] ?? 0) - own;
    if (difference !== 0) return difference;
  }
  return 0;
}
