// What a transaction holds is free again whatever ends it: its client, its session, or its age.
import { Binary, Int32, Long, UUID } from 'bson';
import { runCommand } from '../commands/dispatch.ts';
import { createServerState, type ServerState } from '../commands/server-state.ts';
import type { Doc } from '../values/types.ts';

let server: ServerState;
beforeEach(() => {
  server = createServerState();
});

async function run(command: Doc): Promise<Doc> {
  const answer = await runCommand(
    server,
    { id: 1, appName: null, closed: false },
    { ...command, $db: command.$db ?? 'd' },
  );
  return answer === 'hangUp' ? {} : answer.reply;
}

const lsid = () => ({ id: new Binary(new UUID().buffer, 4) });
const change = (a: number): Doc => ({
  update: 'c',
  updates: [{ q: { _id: new Int32(1) }, u: { $set: { a: new Int32(a) } } }],
});

async function openTransaction(id: Doc): Promise<Doc> {
  const fields = { lsid: id, txnNumber: Long.ONE, autocommit: false };
  await run({ insert: 'c', documents: [{ _id: new Int32(1) }] });
  expect(await run({ ...change(1), ...fields, startTransaction: true })).toMatchObject({ n: 1, ok: 1 });
  expect(await run({ find: 'c', filter: {}, batchSize: new Int32(0), ...fields })).toMatchObject({ ok: 1 });
  return fields;
}

const freed = (): void => {
  const collection = server.engine.collections.get('d.c');
  expect({ users: collection?.users.size, cursors: server.cursors.size }).toEqual({ users: 0, cursors: 0 });
};

test('a transaction that lives too long is aborted, and the write that waited for it goes on', async () => {
  const fields = await openTransaction(lsid());
  const waiting = run(change(2));
  server.sessions.expire(Date.now() + 59_000);
  expect(server.engine.collections.get('d.c')?.users.size).toBe(1);
  server.sessions.expire(Date.now() + 61_000);
  expect(await waiting).toMatchObject({ n: 1, nModified: 1 });
  expect(await run({ commitTransaction: new Int32(1), ...fields, $db: 'admin' })).toMatchObject({ code: 251 });
  expect(await run({ find: 'c', filter: {} })).toMatchObject({ cursor: { firstBatch: [{ a: new Int32(2) }] } });
});

test.each(['endSessions', 'killSessions'])(
  '%s frees documents, cursors and the snapshot of an open transaction',
  async (name) => {
    const id = lsid();
    await openTransaction(id);
    expect(await run({ [name]: [id], $db: 'admin' })).toMatchObject({ ok: 1 });
    freed();
    expect(await run(change(2))).toMatchObject({ n: 1, nModified: 1 });
    const [slot] = server.engine.collections.get('d.c')?.slots ?? [];
    // No older version is kept for a snapshot that nobody has.
    expect(slot?.newest?.older).toBeNull();
  },
);

test('after an abort nothing of the transaction is left, and the next one sees none of it', async () => {
  const fields = await openTransaction(lsid());
  expect(await run({ insert: 'c', documents: [{ _id: new Int32(2) }], ...fields })).toMatchObject({ n: 1 });
  expect(await run({ abortTransaction: new Int32(1), ...fields, $db: 'admin' })).toMatchObject({ ok: 1 });
  const collection = server.engine.collections.get('d.c');
  expect([collection?.users.size, collection?.slots.size, collection?.count]).toEqual([0, 1, 1]);
  expect(await run({ find: 'c', filter: {} })).toMatchObject({ cursor: { firstBatch: [{ _id: new Int32(1) }] } });
});
