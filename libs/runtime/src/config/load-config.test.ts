import { ConfigError, loadConfig, variable } from './load-config.ts';

const variables = {
  PORT: { schema: variable.port, default: '0', meaning: 'where to listen' },
  MONGODB_URI: { schema: variable.url, meaning: 'the database', secret: true },
  ONSALE_PARTITIONS: { schema: variable.count, meaning: 'command queues' },
} as const;

test('values are parsed and defaults fill what is absent', () => {
  expect(loadConfig(variables, { MONGODB_URI: 'mongodb://x', ONSALE_PARTITIONS: '4' })).toEqual({
    PORT: 0,
    MONGODB_URI: 'mongodb://x',
    ONSALE_PARTITIONS: 4,
  });
});

test('all faults are told at once', () => {
  const attempt = () => loadConfig(variables, { ONSALE_PARTITIONS: 'many', PORT: '70000' });
  expect(attempt).toThrow(ConfigError);
  expect(attempt).toThrow(/PORT[\s\S]*MONGODB_URI is missing[\s\S]*ONSALE_PARTITIONS/);
});
