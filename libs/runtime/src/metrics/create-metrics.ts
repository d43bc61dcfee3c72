// One prom-client registry per process, with Node's own figures in it.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type Metrics = {
  readonly registry: Registry;
  /** `collect` is called before each reading: for counts that are kept in plain numbers between. */
  counter(name: string, help: string, labelNames?: readonly string[], collect?: () => void): Counter;
  gauge(name: string, help: string, labelNames?: readonly string[]): Gauge;
  /** Buckets in the unit the name ends with. */
  histogram(name: string, help: string, buckets: readonly number[], labelNames?: readonly string[]): Histogram;
};

export function createMetrics(app: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ app });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    counter: (name, help, labelNames = [], collect) =>
      new Counter({ name, help, labelNames: [...labelNames], registers, ...(collect !== undefined && { collect }) }),
    gauge: (name, help, labelNames = []) => new Gauge({ name, help, labelNames: [...labelNames], registers }),
    histogram: (name, help, buckets, labelNames = []) =>
      new Histogram({ name, help, buckets: [...buckets], labelNames: [...labelNames], registers }),
  };
}
