// The clients, databases, collections and sessions of one specification test, and the commands it observes.
import { type ClientSession, type Collection, type Db, MongoClient } from 'mongodb';

type Doc = Record<string, unknown>;
type Spec = Doc & { id: string };

/** Thrown by what this runner or this server leaves out on purpose. */
export class OutOfScope extends Error {}

const quiet = new Set(['hello', 'isMaster', 'ismaster', 'configureFailPoint', 'endSessions', 'killSessions']);

export class Entities {
  private readonly uri: string;
  private readonly entities = new Map<string, unknown>();
  private readonly events = new Map<string, Doc[]>();

  /** `admin` is a client that no test observes. */
  constructor(
    uri: string,
    readonly admin: MongoClient,
  ) {
    this.uri = uri;
  }

  async create(specs: readonly Doc[]): Promise<void> {
    for (const spec of specs) {
      const [kind, value] = Object.entries(spec)[0] as [string, Spec];
      if (kind === 'client') this.createClient(value);
      else if (kind === 'database')
        this.entities.set(
          value.id,
          this.client(String(value.client)).db(String(value.databaseName), (value.databaseOptions ?? {}) as object),
        );
      else if (kind === 'collection')
        this.entities.set(
          value.id,
          this.database(String(value.database)).collection(
            String(value.collectionName),
            (value.collectionOptions ?? {}) as object,
          ),
        );
      else if (kind === 'session')
        this.entities.set(
          value.id,
          this.client(String(value.client)).startSession((value.sessionOptions ?? {}) as object),
        );
      else throw new OutOfScope(`entities of kind ${kind}`);
    }
  }

  client = (id: string): MongoClient => this.value(id) as MongoClient;
  database = (id: string): Db => this.value(id) as Db;
  collection = (id: string): Collection => this.value(id) as Collection;
  session = (id: string): ClientSession => this.value(id) as ClientSession;

  value(id: string): unknown {
    if (!this.entities.has(id)) throw new Error(`there is no entity ${id}`);
    return this.entities.get(id);
  }

  keep(id: string, value: unknown): void {
    this.entities.set(id, value);
  }

  eventsOf = (client: string): readonly Doc[] => this.events.get(client) ?? [];

  async close(): Promise<void> {
    for (const entity of this.entities.values())
      if (entity instanceof MongoClient) await entity.close().catch(() => undefined);
  }

  private createClient({ id, uriOptions, observeEvents, ignoreCommandMonitoringEvents }: Spec): void {
    const client = new MongoClient(this.uri, { ...((uriOptions ?? {}) as object), monitorCommands: true });
    const events: Doc[] = [];
    const observed = (observeEvents ?? []) as string[];
    const ignored = new Set([...quiet, ...((ignoreCommandMonitoringEvents ?? []) as string[])]);
    const observe = (name: string, pick: (event: never) => Doc) => (event: { commandName: string }) => {
      if (observed.includes(name) && !ignored.has(event.commandName)) events.push({ [name]: pick(event as never) });
    };
    client.on(
      'commandStarted',
      observe('commandStartedEvent', ({ command, commandName, databaseName }: Doc) => ({
        command,
        commandName,
        databaseName,
      })),
    );
    client.on(
      'commandSucceeded',
      observe('commandSucceededEvent', ({ reply, commandName }: Doc) => ({ reply, commandName })),
    );
    client.on(
      'commandFailed',
      observe('commandFailedEvent', ({ commandName }: Doc) => ({ commandName })),
    );
    this.events.set(id, events);
    this.entities.set(id, client);
  }
}
