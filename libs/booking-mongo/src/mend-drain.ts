// A mend of the MongoDB driver. A command that its socket does not take whole waits for 'drain'. A socket that has been
// destroyed and has not said 'close' yet takes nothing and never drains, so that a command written in that moment waits
// without end; when it is the monitor's, the server is never looked at again and the process stays cut off from its
// database (seen with 7.8.0 on four of fourteen connections after a kill -9 of the server; 7.9.0 has the same code).
// With this, the wait ends with the socket.
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import mongoose from 'mongoose';

type Once = (emitter: EventEmitter, name: string, options?: object) => Promise<unknown>;

let mended = false;

/** Of the driver that mongoose uses, once per process. Does nothing when a later driver has no such wait. */
export function mendDrain(): void {
  if (mended) return;
  mended = true;
  const ofMongoose = createRequire(createRequire(import.meta.url).resolve('mongoose'));
  const utils = ofMongoose('mongodb/lib/utils') as { once?: Once };
  const { once } = utils;
  if (once === undefined) return;
  utils.once = (emitter, name, options) =>
    emitter instanceof Socket ? untilClosed(emitter, once(emitter, name, options)) : once(emitter, name, options);
}

async function untilClosed(socket: Socket, event: Promise<unknown>): Promise<unknown> {
  let onClose = () => {};
  const closed = new Promise<never>((_, reject) => {
    onClose = () => reject(new mongoose.mongo.MongoNetworkError('the socket closed before it took the command'));
  });
  if (socket.closed) onClose();
  else socket.once('close', onClose);
  try {
    return await Promise.race([event, closed]);
  } finally {
    socket.off('close', onClose);
  }
}
