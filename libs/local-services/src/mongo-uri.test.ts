import { withDatabase, withDefaultDatabase } from './mongo-uri.ts';

test.each([
  ['mongodb://127.0.0.1:27017', 'mongodb://127.0.0.1:27017/sales'],
  ['mongodb://127.0.0.1:27017/?replicaSet=rs', 'mongodb://127.0.0.1:27017/sales?replicaSet=rs'],
  ['mongodb://a:p%40ss@h1:1,h2:2/admin?tls=true', 'mongodb://a:p%40ss@h1:1,h2:2/sales?tls=true'],
  ['mongodb+srv://cluster.example.org/', 'mongodb+srv://cluster.example.org/sales'],
])('puts the database into %s', (uri, expected) => {
  expect(withDatabase(uri, 'sales')).toBe(expected);
});

test('refuses what is no MongoDB address', () => {
  expect(() => withDatabase('redis://127.0.0.1', 'sales')).toThrow('not a MongoDB address');
});

test('a default database does not displace one that is named', () => {
  expect(withDefaultDatabase('mongodb://h1/shop?w=majority', 'onsale')).toBe('mongodb://h1/shop?w=majority');
  expect(withDefaultDatabase('mongodb://h1/?w=majority', 'onsale')).toBe('mongodb://h1/onsale?w=majority');
});
