import { type EmbeddedMongo, startEmbeddedMongo } from '../../index.ts';
import { playScenario } from '../play-scenario.ts';
import { ownScenarios } from './own-scenarios.ts';

let server: EmbeddedMongo;
beforeAll(async () => {
  server = await startEmbeddedMongo();
});
afterAll(() => server.stop());

const cases = ownScenarios.flatMap(({ group, scenarios }) =>
  scenarios.map((scenario) => [`${group} · ${scenario.name}: ${scenario.about}`, scenario] as const),
);

test.each(cases)('%s', async (_, scenario) => {
  const differences = await playScenario({ host: '127.0.0.1', port: server.port }, scenario);
  expect(differences.map(({ step, command, details }) => ({ step, command, details }))).toEqual([]);
});
