// Ends the services host and with it every service of this test run; says which MongoDB the tests ran on.
import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';

export default async function globalTeardown() {
  const host = globalThis.onsaleServicesHost;
  const words = await mongoWords();
  if (words) process.stdout.write(`MongoDB of this run: ${words}\n`);
  if (host.exitCode !== null) return;
  const ended = once(host, 'exit');
  host.stdin.end();
  await ended;
}

async function mongoWords() {
  const question = request({ socketPath: process.env.ONSALE_TEST_SERVICES, path: '/mongo-words', agent: false });
  question.end();
  const [response] = await once(question, 'response');
  return JSON.parse(await text(response)).url;
}
