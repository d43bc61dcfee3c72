// Models belong to a connection, so that a test and a process can hold several databases at once.
import type { Model, Schema } from 'mongoose';
import type { Mongo } from './connect-mongo.ts';

/** Makes the accessor of one collection: `sales(mongo)` is its model on that connection. */
export function collection<Document extends { _id: unknown }>(
  name: string,
  schema: Schema<Document>,
): (mongo: Mongo) => Model<Document> {
  return (mongo) => (mongo.models[name] as Model<Document> | undefined) ?? mongo.model<Document>(name, schema, name);
}
