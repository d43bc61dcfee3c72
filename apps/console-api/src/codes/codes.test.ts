import { auditLog, codeUses, findCodeSet } from '@onsale/booking-mongo';
import { readAccessCode, type SaleId } from '@onsale/domain';
import { isAccessCodeTrue } from '@onsale/pass';
import { makeTestSale, testConsole } from '../test-console.ts';

const house = testConsole();
const plain = { name: 'Fan club', usesMax: 1, phaseIds: [], expiresAt: null, invite: null };

test('an organizer makes 10,000 codes at once and downloads them, each true and each different', async () => {
  const ask = await house.as('organizer');
  const saleId = await makeTestSale(house);
  const path = `/api/v1/organizer/sales/${saleId}/code-sets`;
  const made = await ask('POST', path, { body: { ...plain, count: 10_000 } });
  expect(made).toMatchObject({ status: 201, body: { count: 10_000, usesMax: 1, boundTo: 'none', codesUsed: 0 } });
  const codeSetId = String(made.body.id);
  const set = await findCodeSet(house.mongo, { saleId, codeSetId });
  const file = (await ask('GET', `${path}/${codeSetId}/codes`)).text;
  const [head, ...lines] = file.trimEnd().split('\r\n');
  expect([head, lines.length, new Set(lines).size]).toEqual(['code,link,for', 10_000, 10_000]);
  for (const line of [lines[0], lines[9_999]]) {
    const [text = '', link] = line?.split(',') ?? [];
    expect(link).toBe(`http://onsale.test/sales/${saleId}#code=${text}`);
    const code = readAccessCode(text);
    expect(code !== null && isAccessCodeTrue(set?.secret ?? '', { code, saleId, bearer: null })).toBe(true);
  }
  // Nothing of the codes themselves is kept.
  expect(JSON.stringify(set)).not.toContain(lines[0]?.split(',')[0]);
});

test('uses are counted, a set is withdrawn once, and both acts are in the audit log', async () => {
  const ask = await house.as('organizer');
  const saleId = await makeTestSale(house);
  const path = `/api/v1/organizer/sales/${saleId}/code-sets`;
  const { body } = await ask('POST', path, { body: { ...plain, count: 3, usesMax: 5 } });
  await codeUses(house.mongo).create([
    { _id: `${saleId}:1.0`, saleId, setNumber: 1, serial: 0, uses: 4, usedBy: null },
    { _id: `${saleId}:1.2`, saleId, setNumber: 1, serial: 2, uses: 1, usedBy: null },
  ]);
  expect((await ask('GET', path)).body).toMatchObject({ codeSets: [{ id: body.id, codesUsed: 2, revokedAt: null }] });
  const first = await ask('DELETE', `${path}/${body.id}`);
  expect(first).toMatchObject({ status: 200, body: { revokedAt: new Date(house.clock.now()).toISOString() } });
  await house.clock.advance(1000);
  expect((await ask('DELETE', `${path}/${body.id}`)).body.revokedAt).toBe(first.body.revokedAt);
  expect((await ask('DELETE', `${path}/nothing`)).status).toBe(404);
  const acts = await auditLog(house.mongo).distinct('act', { subject: `sale:${saleId}` });
  expect(acts).toEqual(expect.arrayContaining(['codes made', 'codes revoked']));
});

test('invitations name each person once, and phases and counts that are none are told by field', async () => {
  const ask = await house.as('organizer');
  const saleId: SaleId = await makeTestSale(house);
  const path = `/api/v1/organizer/sales/${saleId}/code-sets`;
  const faults = async (change: object) => {
    const { status, body } = await ask('POST', path, { body: { ...plain, ...change } });
    return [status, (body.fields as { field: string }[] | undefined)?.map(({ field }) => field)];
  };
  const emails = ['Aino@example.org', 'eino@example.org'];
  expect(await faults({})).toEqual([422, ['count']]);
  expect(await faults({ count: 2, invite: { emails } })).toEqual([422, ['count']]);
  expect(await faults({ invite: { emails: [...emails, 'AINO@example.org'] } })).toEqual([422, ['invite.emails.2']]);
  expect(await faults({ count: 2, phaseIds: ['no-such-phase'] })).toEqual([422, ['phaseIds.0']]);
  const { body } = await ask('POST', path, { body: { ...plain, invite: { emails } } });
  expect(body).toMatchObject({ count: 2, boundTo: 'email' });
  const file = (await ask('GET', `${path}/${body.id}/codes`)).text;
  expect(
    file
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',')[2]),
  ).toEqual(['for', 'aino@example.org', 'eino@example.org']);
  expect((await ask('GET', '/api/v1/organizer/sales/nothing/code-sets')).status).toBe(404);
});
