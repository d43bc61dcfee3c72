// A test's side of the services host.
import { request } from 'node:http';
import { servicesSocket } from './config.ts';
import type { HostAnswer } from './services-host.ts';

/** A broker that starts while both cores compile takes its time; the first one to ask waits for it. */
export const SERVICE_START_LIMIT_MS = 120_000;

/** The URL of a new namespace of one service; starts the service when nobody has asked before. */
export async function askServicesHost(service: 'redis' | 'mongo' | 'rabbit'): Promise<string> {
  const answer = await ask(`/${service}`);
  if ('error' in answer) throw new Error(`no ${service} for this test: ${answer.error}`);
  return answer.url;
}

function ask(path: string): Promise<HostAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: servicesSocket(), path, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(JSON.parse(body) as HostAnswer));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}
