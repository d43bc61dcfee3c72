// What the image of the front door is told (config/nginx/site-compose), read by a real nginx. The newer one of the image looks
// up the services of Compose again and again (`resolve`); here they have fixed addresses.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireTool } from '@onsale/local-services';

test('nginx takes the configuration of the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onsale-site-'));
  try {
    cpSync('config/nginx', folder, { recursive: true });
    cpSync('config/nginx/site-compose', join(folder, 'site'), { recursive: true });
    const file = join(folder, 'site/http.conf');
    const services = readFileSync(file, 'utf8');
    expect(services.match(/server [\w-]+:8080 resolve /g)).toHaveLength(4);
    writeFileSync(
      file,
      services
        .replace(/server [\w-]+:8080 resolve /g, 'server 127.0.0.1:8080 ')
        .replaceAll('/tmp/', `${folder}/`)
        .replace('/dev/stdout', '/dev/null'),
    );
    writeFileSync(
      join(folder, 'nginx.conf'),
      readFileSync(join(folder, 'nginx.conf'), 'utf8').replace('/tmp/', `${folder}/`),
    );
    const { status, stderr } = spawnSync(
      requireTool('nginx'),
      ['-t', '-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, expect.stringContaining('test is successful')]);
    expect(stderr).not.toContain('[warn] duplicate');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
