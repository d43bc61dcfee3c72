// The operations of specification tests, as calls of the official driver.
import {
  type ClientSession,
  type Collection,
  type Db,
  MongoBulkWriteError,
  MongoClient,
  MongoError,
  MongoServerError,
} from 'mongodb';
import { type Entities, OutOfScope } from './entities.ts';
import { matches } from './match.ts';

type Doc = Record<string, unknown>;
type Call = { entities: Entities; object: unknown; args: Doc; options: Doc };

export async function runOperation(entities: Entities, operation: Doc): Promise<void> {
  const { name, object, expectError, expectResult, saveResultAsEntity, ignoreResultAndError } = operation;
  let result: unknown;
  try {
    result = await call(entities, String(name), String(object), (operation.arguments ?? {}) as Doc);
  } catch (error) {
    if (error instanceof OutOfScope || ignoreResultAndError) {
      if (ignoreResultAndError) return;
      throw error;
    }
    if (expectError === undefined) throw new Error(`${String(name)} failed: ${(error as Error).message}`);
    checkError(entities, expectError as Doc, error as Error);
    return;
  }
  if (expectError !== undefined)
    throw new Error(`${String(name)} should have failed as ${JSON.stringify(expectError)}`);
  if (expectResult !== undefined) {
    const difference = matches(expectResult, plain(result), { entities, root: true });
    if (difference !== null) throw new Error(`result of ${String(name)}${difference}`);
  }
  if (saveResultAsEntity !== undefined) entities.keep(String(saveResultAsEntity), result);
}

// The driver's results, as the specification names their fields.
const plain = (result: unknown): unknown =>
  result !== null && typeof result === 'object' && 'insertedIds' in result && 'getRawResponse' in result
    ? {
        ...(result as Doc),
        insertedCount: (result as Doc).insertedCount,
        matchedCount: (result as Doc).matchedCount,
        modifiedCount: (result as Doc).modifiedCount,
        deletedCount: (result as Doc).deletedCount,
        upsertedCount: (result as Doc).upsertedCount,
        upsertedIds: (result as Doc).upsertedIds,
        insertedIds: (result as Doc).insertedIds,
      }
    : result;

function checkError(entities: Entities, expected: Doc, error: Error): void {
  const server = error instanceof MongoServerError ? error : null;
  const problems: string[] = [];
  const { errorCode, errorCodeName, errorContains, errorLabelsContain, errorLabelsOmit, isClientError, expectResult } =
    expected;
  if (errorCode !== undefined && server?.code !== errorCode)
    problems.push(`code ${String(server?.code)} instead of ${String(errorCode)}`);
  if (errorCodeName !== undefined && server?.codeName !== errorCodeName)
    problems.push(`codeName ${String(server?.codeName)} instead of ${String(errorCodeName)}`);
  if (errorContains !== undefined && !error.message.toLowerCase().includes(String(errorContains).toLowerCase()))
    problems.push(`"${error.message}" does not say "${String(errorContains)}"`);
  const has = (label: unknown): boolean => error instanceof MongoError && error.hasErrorLabel(String(label));
  for (const label of (errorLabelsContain ?? []) as unknown[])
    if (!has(label)) problems.push(`no label ${String(label)}`);
  for (const label of (errorLabelsOmit ?? []) as unknown[]) if (has(label)) problems.push(`label ${String(label)}`);
  if (isClientError === true && server !== null && !(error instanceof MongoBulkWriteError))
    problems.push('an error of the server instead of the client');
  if (expectResult !== undefined && error instanceof MongoBulkWriteError) {
    const difference = matches(expectResult, plain(error.result), { entities, root: true });
    if (difference !== null) problems.push(`partial result${difference}`);
  }
  if (problems.length > 0) throw new Error(`${error.name}: ${problems.join('; ')} (${error.message})`);
}

async function call(entities: Entities, name: string, object: string, given: Doc): Promise<unknown> {
  const { session, ...args } = given;
  const options: Doc = session === undefined ? {} : { session: entities.session(String(session)) };
  if (object === 'testRunner') return runnerOperation(entities, name, given);
  const entity = entities.value(object);
  const kind =
    entity instanceof MongoClient
      ? 'client'
      : entity !== null && typeof entity === 'object' && 'startTransaction' in entity
        ? 'session'
        : entity !== null && typeof entity === 'object' && 'collectionName' in entity
          ? 'collection'
          : 'database';
  const run = {
    client: clientOperations,
    session: sessionOperations,
    collection: collectionOperations,
    database: databaseOperations,
  }[kind][name];
  if (run === undefined) throw new OutOfScope(`the operation ${kind}.${name}`);
  return run({ entities, object: entity, args, options });
}

async function runnerOperation(entities: Entities, name: string, args: Doc): Promise<unknown> {
  const client = (): MongoClient => entities.client(String(args.client));
  switch (name) {
    case 'failPoint':
      return client()
        .db('admin')
        .command(args.failPoint as Doc);
    case 'targetedFailPoint':
      throw new OutOfScope('fail points of one mongos');
    case 'assertSessionPinned':
    case 'assertSessionUnpinned':
      throw new OutOfScope('pinning to a mongos');
    case 'createEntities':
      return entities.create(args.entities as Doc[]);
    case 'assertSessionTransactionState': {
      const state = (entities.session(String(args.session)) as unknown as { transaction: { state: string } })
        .transaction.state;
      const names: Record<string, string> = {
        none: 'NO_TRANSACTION',
        starting: 'STARTING_TRANSACTION',
        in_progress: 'TRANSACTION_IN_PROGRESS',
        committed: 'TRANSACTION_COMMITTED',
        aborted: 'TRANSACTION_ABORTED',
      };
      if (state !== names[String(args.state)]) throw new Error(`the transaction is ${state}`);
      return;
    }
    default:
      return assertCatalogue(entities, name, args);
  }
}

async function assertCatalogue(entities: Entities, name: string, args: Doc): Promise<void> {
  const db = entities.admin.db(String(args.databaseName));
  const there = (await db.listCollections({ name: String(args.collectionName) }).toArray()).length > 0;
  const index = async (): Promise<boolean> =>
    there && (await db.collection(String(args.collectionName)).indexes()).some((one) => one.name === args.indexName);
  const found = {
    assertCollectionExists: there,
    assertCollectionNotExists: !there,
    assertIndexExists: await index(),
    assertIndexNotExists: !(await index()),
  }[name];
  if (found === undefined) throw new OutOfScope(`the operation testRunner.${name}`);
  if (!found) throw new Error(`${name} ${JSON.stringify(args)} does not hold`);
}

type Run = (call: Call) => unknown;

const clientOperations: Record<string, Run> = {
  clientBulkWrite: ({ object, args: { models, ...rest }, options }) => {
    const flat = (models as Doc[]).map((model) => {
      const [name, value] = Object.entries(model)[0] as [string, Doc];
      return { name, ...value };
    });
    return (object as MongoClient).bulkWrite(flat as never, { ...rest, ...options });
  },
};

const sessionOperations: Record<string, Run> = {
  startTransaction: ({ object, args }) => (object as ClientSession).startTransaction(args),
  commitTransaction: ({ object, args }) => (object as ClientSession).commitTransaction(args as never),
  abortTransaction: ({ object, args }) => (object as ClientSession).abortTransaction(args as never),
  endSession: ({ object }) => (object as ClientSession).endSession(),
  withTransaction: ({ entities, object, args: { callback, ...options } }) =>
    (object as ClientSession).withTransaction(async () => {
      for (const operation of callback as Doc[]) await runInCallback(entities, operation);
    }, options as never),
};

// Inside of withTransaction the driver must see the error it knows, not our words about it.
async function runInCallback(entities: Entities, operation: Doc): Promise<void> {
  if (operation.expectError !== undefined && (operation.expectError as Doc).isError === undefined) {
    try {
      await call(entities, String(operation.name), String(operation.object), (operation.arguments ?? {}) as Doc);
    } catch (error) {
      checkError(entities, operation.expectError as Doc, error as Error);
      throw error;
    }
    throw new Error(`${String(operation.name)} should have failed`);
  }
  if (operation.expectError !== undefined) return runOperation(entities, operation);
  const result = await call(
    entities,
    String(operation.name),
    String(operation.object),
    (operation.arguments ?? {}) as Doc,
  );
  if (operation.expectResult !== undefined) {
    const difference = matches(operation.expectResult, plain(result), { entities, root: true });
    if (difference !== null) throw new Error(`result of ${String(operation.name)}${difference}`);
  }
}

const databaseOperations: Record<string, Run> = {
  runCommand: ({ object, args: { command, readPreference, readConcern }, options }) =>
    (object as Db).command(
      command as Doc,
      {
        ...options,
        ...(readPreference ? { readPreference: (readPreference as Doc).mode } : {}),
        ...(readConcern ? { readConcern } : {}),
      } as never,
    ),
  aggregate: ({ object, args: { pipeline, ...rest }, options }) =>
    (object as Db).aggregate(pipeline as Doc[], { ...rest, ...options }).toArray(),
  createCollection: async ({ object, args: { collection, ...rest }, options }) =>
    void (await (object as Db).createCollection(String(collection), { ...rest, ...options })),
  dropCollection: ({ object, args: { collection, ...rest }, options }) =>
    (object as Db).dropCollection(String(collection), { ...rest, ...options }),
  modifyCollection: ({ object, args: { collection, ...rest }, options }) =>
    (object as Db).command({ collMod: collection, ...rest }, options),
};

const on =
  (run: (collection: Collection, args: Doc, options: Doc) => unknown): Run =>
  ({ object, args, options }) =>
    run(object as Collection, args, options);

const withoutDocument = <T>(result: T): T => result;

const collectionOperations: Record<string, Run> = {
  insertOne: on((c, { document, ...rest }, options) => c.insertOne(document as Doc, { ...rest, ...options })),
  insertMany: on((c, { documents, ...rest }, options) => c.insertMany(documents as Doc[], { ...rest, ...options })),
  updateOne: on((c, { filter, update, ...rest }, options) =>
    c.updateOne(filter as Doc, update as Doc, { ...rest, ...options }),
  ),
  updateMany: on((c, { filter, update, ...rest }, options) =>
    c.updateMany(filter as Doc, update as Doc, { ...rest, ...options }),
  ),
  replaceOne: on((c, { filter, replacement, ...rest }, options) =>
    c.replaceOne(filter as Doc, replacement as Doc, { ...rest, ...options }),
  ),
  deleteOne: on((c, { filter, ...rest }, options) => c.deleteOne(filter as Doc, { ...rest, ...options })),
  deleteMany: on((c, { filter, ...rest }, options) => c.deleteMany(filter as Doc, { ...rest, ...options })),
  find: on((c, { filter, ...rest }, options) => c.find(filter as Doc, { ...rest, ...options }).toArray()),
  findOne: on((c, { filter, ...rest }, options) => c.findOne(filter as Doc, { ...rest, ...options })),
  aggregate: on((c, { pipeline, ...rest }, options) =>
    c.aggregate(pipeline as Doc[], { ...rest, ...options }).toArray(),
  ),
  countDocuments: on((c, { filter, ...rest }, options) => c.countDocuments(filter as Doc, { ...rest, ...options })),
  count: on((c, { filter, ...rest }, options) => c.count(filter as Doc, { ...rest, ...options })),
  estimatedDocumentCount: on((c, args, options) => c.estimatedDocumentCount({ ...args, ...options })),
  distinct: on((c, { fieldName, filter, ...rest }, options) =>
    c.distinct(String(fieldName), filter as Doc, { ...rest, ...options }),
  ),
  findOneAndUpdate: on((c, { filter, update, returnDocument, ...rest }, options) =>
    c.findOneAndUpdate(filter as Doc, update as Doc, { ...rest, ...returning(returnDocument), ...options }),
  ),
  findOneAndReplace: on((c, { filter, replacement, returnDocument, ...rest }, options) =>
    c.findOneAndReplace(filter as Doc, replacement as Doc, { ...rest, ...returning(returnDocument), ...options }),
  ),
  findOneAndDelete: on((c, { filter, ...rest }, options) => c.findOneAndDelete(filter as Doc, { ...rest, ...options })),
  createIndex: on((c, { keys, ...rest }, options) => c.createIndex(keys as never, { ...rest, ...options })),
  bulkWrite: on((c, { requests, ...rest }, options) =>
    c.bulkWrite(requests as never, { ...rest, ...options }).then(withoutDocument),
  ),
};

const returning = (value: unknown): Doc => (value === undefined ? {} : { returnDocument: String(value).toLowerCase() });
