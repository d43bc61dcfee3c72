// The server as a process of its own: prints one line when ready, stops cleanly on SIGTERM and SIGINT.
import { readConfig } from './config.ts';
import { startEmbeddedMongo } from './server.ts';

const { port, host, dataDir, fresh, journalBytesMax } = readConfig(process.argv.slice(2));
const server = await startEmbeddedMongo({
  port,
  host,
  fresh,
  ...(dataDir === undefined ? {} : { dataDir }),
  ...(journalBytesMax === undefined ? {} : { journalBytesMax }),
});
process.stdout.write(`embedded-mongo ready ${server.uri}\n`);

let stopping = false;
const stop = (): void => {
  // A second signal does not wait.
  if (stopping) process.exit(1);
  stopping = true;
  void server.stop().then(() => process.exit(0));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
