import { readHallFile } from './read-hall-file.ts';

const picked = (name: string, text: string) => ({ name, size: text.length, text: async () => text });

test('a file is read for what it holds; what is no JSON, or too large, is told', async () => {
  expect(await readHallFile(picked('hall.json', '{"name":"A"}'))).toEqual({
    kind: 'read',
    file: { json: { name: 'A' } },
  });
  expect(await readHallFile(picked('hall.txt', ' {"name":"A"}'))).toMatchObject({ kind: 'read', file: { json: {} } });
  expect(await readHallFile(picked('hall.csv', 'section,row'))).toEqual({ kind: 'read', file: { csv: 'section,row' } });
  expect(await readHallFile(picked('hall.json', '{"name":'))).toMatchObject({ kind: 'no_json' });
  expect(await readHallFile({ ...picked('hall.csv', ''), size: 4_000_001 })).toEqual({ kind: 'too_large' });
});
