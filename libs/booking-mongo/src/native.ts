// The driver's own collection behind a model, for the hot path: what is written there was made by typed code, and
// casting a batch of thousands of documents costs more than writing them.
import type { mongo as driver, Model } from 'mongoose';
import type { Mongo } from './connect-mongo.ts';

export function native<Document extends { _id: unknown }>(
  mongo: Mongo,
  of: (mongo: Mongo) => Model<Document>,
): driver.Collection<Document> {
  if (mongo.db === undefined) throw new Error('not connected');
  return mongo.db.collection<Document>(of(mongo).collection.name);
}
