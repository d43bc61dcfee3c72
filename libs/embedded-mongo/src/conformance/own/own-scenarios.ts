// The project's own scenarios: what the product depends on most, in its own words and with its own data.
import type { ScenarioFile } from '../scenario.ts';
import { claims } from './claims.ts';
import { lives } from './lives.ts';
import { readsAndWrites } from './reads-and-writes.ts';

export const ownScenarios: readonly ScenarioFile[] = [claims, lives, readsAndWrites];
