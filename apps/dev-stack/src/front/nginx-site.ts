// What nginx is told of this machine, beside the configuration it has everywhere (config/nginx): where the apps listen, where
// the built pages lie, and who is never a flood.
import type { AppCopy, AppPorts } from '../processes/app-list.ts';

export type NginxSite = {
  /** Where it keeps its files; absolute. */
  readonly folder: string;
  /** Of the built pages; absolute. */
  readonly pages: string;
  readonly host: string;
  readonly port: number;
  /** Answers /healthz for the whole stack. */
  readonly healthPort: number;
  readonly copies: readonly Pick<AppCopy & AppPorts, 'app' | 'port'>[];
  /** Addresses and blocks whose requests are not counted. */
  readonly unlimited: readonly string[];
  /** Started by the superuser: the worker needs to be told whose files it may read. */
  readonly isRoot: boolean;
};

/** Text by name of file, below the folder of the configuration. */
export function nginxFiles(site: NginxSite): Readonly<Record<string, string>> {
  return { 'nginx.conf': mainFile(site), 'site/http.conf': httpFile(site), 'site/server.conf': serverFile(site) };
}

/** Apps that answer requests of the outside. */
const FACING = ['waiting-room', 'booking-api', 'console-api', 'web'] as const;
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

function mainFile({ folder, isRoot }: NginxSite): string {
  return `# Written at the start of the stack.
${isRoot ? 'user root;\n' : ''}daemon off;
worker_processes 1;
worker_rlimit_nofile 16384;
pid ${folder}/nginx.pid;
error_log stderr warn;
events {
  worker_connections 16000;
}
http {
${TEMPORARY.map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
  include onsale.conf;
}
`;
}

function httpFile({ folder, copies, healthPort, unlimited }: NginxSite): string {
  const upstreams = FACING.map((app) => {
    const servers = copies.filter((copy) => copy.app === app);
    return `upstream ${app} {
  zone ${app} 64k;
  least_conn;
${servers.map(({ port }) => `  server 127.0.0.1:${port} max_fails=1 fail_timeout=1s;`).join('\n')}
  keepalive 64;
}`;
  });
  return `${upstreams.join('\n')}
upstream health {
  server 127.0.0.1:${healthPort};
}
proxy_cache_path ${folder}/cache keys_zone=line:1m max_size=8m inactive=10s use_temp_path=off;
access_log off;
geo $unlimited {
  default 0;
${unlimited.map((block) => `  ${block} 1;`).join('\n')}
}
map $scheme $forwarded_proto {
  default $scheme;
}
`;
}

function serverFile({ host, port, pages }: NginxSite): string {
  return `listen ${host}:${port} backlog=4096;
root ${pages};
location = /healthz {
  proxy_pass http://health;
}
`;
}
