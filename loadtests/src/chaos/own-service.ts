// A service of the chaos run: it may be killed and started again on the same data, or stand still for a while.
// States: up → (killed → up …) → stopped; frozen is a state of the process, not of this object.
import type { RunningService } from '@onsale/local-services';
import type { TcpProxy } from '@onsale/testkit';
import type { ServiceName } from './plan.ts';

type Started = RunningService & { readonly pid: number };

export class OwnService {
  readonly name: ServiceName;
  /** One for each process of the stack, by name. */
  readonly links = new Map<string, TcpProxy>();
  readonly #start: () => Promise<Started>;
  #running: Started;
  #again: Promise<void> = Promise.resolve();

  private constructor(name: ServiceName, start: () => Promise<Started>, running: Started) {
    this.name = name;
    this.#start = start;
    this.#running = running;
  }

  static async begin(name: ServiceName, start: () => Promise<Started>): Promise<OwnService> {
    return new OwnService(name, start, await start());
  }

  /** Of the server itself, past all proxies. */
  get url(): string {
    return this.#running.url;
  }

  get port(): number {
    return Number(/:(\d+)(?:[/?]|$)/.exec(this.url)?.[1]);
  }

  /** Kills it now and starts it again after `awayMs`. Resolves when it is up again; kills of one service queue up. */
  kill(awayMs: number): Promise<void> {
    this.#again = this.#again.then(() => this.#killAndStart(awayMs));
    return this.#again;
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#signalGroup(signal);
  }

  /** Resolves when no restart is under way. */
  settled(): Promise<void> {
    return this.#again;
  }

  async stop(): Promise<void> {
    await this.#again.catch(() => undefined);
    this.#signalGroup('SIGCONT');
    await this.#running.stop();
    await Promise.all([...this.links.values()].map((link) => link.close()));
  }

  async #killAndStart(awayMs: number): Promise<void> {
    this.#signalGroup('SIGKILL');
    await this.#running.ended;
    // What stands beside it, such as the port mapper of a broker, ends with it.
    await this.#running.stop();
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    this.#running = await this.#start();
    for (const link of this.links.values()) link.aim(this.port);
  }

  /** It leads a group of its own, helpers included. */
  #signalGroup(signal: NodeJS.Signals): void {
    try {
      process.kill(-this.#running.pid, signal);
    } catch {
      // It is gone already.
    }
  }
}
