// What `kubectl apply -k` would send, for each overlay: as Kubernetes' own schemas have it, and as an installation needs it.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

type Models = Readonly<Record<string, new (data: unknown) => { validate(): void }>>;
type Container = {
  name: string;
  image: string;
  args?: string[];
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }[];
  envFrom?: { configMapRef: { name: string } }[];
  ports?: { name: string; containerPort: number }[];
  securityContext?: Record<string, unknown>;
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  readinessProbe?: { httpGet: { port: string } };
  livenessProbe?: { httpGet: { port: string } };
};
type Manifest = {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  data?: Record<string, string>;
  spec?: {
    replicas?: number;
    template?: {
      metadata: { labels: Record<string, string> };
      spec: { containers: Container[]; securityContext?: Record<string, unknown> };
    };
    selector?: Record<string, string>;
    ports?: { targetPort: string }[];
    minReplicas?: number;
    maxReplicas?: number;
    scaleTargetRef?: { name: string };
  };
};

const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;
/** Says itself in the report that nothing was looked at, where there is no kubectl. */
const describeWithKubectl = hasKubectl ? describe.each : describe.skip.each;

function render(overlay: string): Manifest[] {
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join('k8s/overlays', overlay)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return parseAllDocuments(stdout).map((document) => document.toJSON() as Manifest);
}

/** Variables by app, as docs/configuration.md has them. */
const documented = new Map(
  readFileSync('docs/configuration.md', 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => [
      section.split('\n')[0] ?? '',
      [...section.matchAll(/^\| `([A-Z0-9_]+)`( \(secret\))?/gm)].map(([, name = '', secret]) => ({
        name,
        secret: !!secret,
      })),
    ]),
);

describeWithKubectl(readdirSync('k8s/overlays'))('overlay %s', (overlay) => {
  const manifests = hasKubectl ? render(overlay) : [];
  const of = (kind: string) => manifests.filter((one) => one.kind === kind);
  const deployments = of('Deployment').map(({ metadata, spec }) => {
    const [container] = spec?.template?.spec.containers ?? [];
    return { name: metadata.name, spec, pod: spec?.template?.spec, container: container as Container };
  });

  test('each manifest is as its schema says', async () => {
    for (const manifest of manifests) {
      const { [manifest.kind]: Model } = (await import(`kubernetes-models/${manifest.apiVersion}`)) as Models;
      if (Model === undefined) throw new Error(`no schema of ${manifest.apiVersion} ${manifest.kind}`);
      new Model(manifest).validate();
    }
    expect(deployments).toHaveLength(8);
  });

  test('each app runs its own program, is told all it reads, and no secret of another', () => {
    const settings = of('ConfigMap').find(({ metadata }) => metadata.name.startsWith('settings'));
    const secrets = new Set([...documented.values()].flat().flatMap(({ name, secret }) => (secret ? [name] : [])));
    for (const { name, container } of deployments) {
      if (name === 'front') continue;
      expect([name, container.args]).toEqual([name, [`apps/${name}/dist/main.js`]]);
      expect(container.envFrom?.[0]?.configMapRef.name).toBe(settings?.metadata.name);
      const own = (documented.get(name) ?? []).map((variable) => variable.name);
      const given = (container.env ?? []).map((variable) => variable.name);
      const missing = own.filter((variable) => !given.includes(variable) && !(variable in (settings?.data ?? {})));
      expect([name, missing]).toEqual([name, []]);
      expect([name, given.filter((variable) => secrets.has(variable) && !own.includes(variable))]).toEqual([name, []]);
    }
    expect(Object.keys(settings?.data ?? {}).filter((variable) => secrets.has(variable))).toEqual([]);
  });

  test('each container is restricted, probed, bounded in memory and of a named version', () => {
    for (const { name, pod, container } of deployments) {
      expect([name, container.image]).toEqual([name, expect.stringMatching(/^[\w./-]+:\d+\.\d+\.\d+$/)]);
      expect(pod?.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources?.requests).toEqual({ cpu: expect.any(String), memory: expect.any(String) });
      expect(container.resources?.limits?.memory).toBeDefined();
      const ports = (container.ports ?? []).map((port) => port.name);
      for (const probe of [container.readinessProbe, container.livenessProbe])
        expect(ports).toContain(probe?.httpGet.port);
    }
  });

  test('services, scalers and nginx speak of what is there', () => {
    const names = deployments.map(({ name }) => name);
    for (const service of of('Service')) {
      const target = deployments.find(({ name }) => name === service.spec?.selector?.app);
      const ports = (target?.container.ports ?? []).map((port) => port.name);
      for (const { targetPort } of service.spec?.ports ?? [])
        expect([service.metadata.name, ports]).toEqual([service.metadata.name, expect.arrayContaining([targetPort])]);
    }
    for (const { metadata, spec } of of('HorizontalPodAutoscaler')) {
      expect(names).toContain(spec?.scaleTargetRef?.name);
      expect([metadata.name, (spec?.minReplicas ?? 0) <= (spec?.maxReplicas ?? 0)]).toEqual([metadata.name, true]);
    }
    const site =
      of('ConfigMap').find(({ metadata }) => metadata.name.startsWith('nginx-site'))?.data?.['http.conf'] ?? '';
    const upstreams = [...site.matchAll(/server ([\w-]+)\.onsale\.svc\.cluster\.local:8080/g)].map(([, name]) => name);
    expect(upstreams.sort()).toEqual(
      of('Service')
        .map(({ metadata }) => metadata.name)
        .filter((name) => name !== 'front')
        .sort(),
    );
  });

  test('nobody reaches anybody unless it is said', () => {
    const policies = of('NetworkPolicy') as unknown as {
      metadata: { name: string };
      spec: { podSelector: object; policyTypes: string[] };
    }[];
    const nobody = policies.find(({ metadata }) => metadata.name === 'nobody');
    expect(nobody?.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    for (const { metadata } of manifests.filter(({ kind }) => kind !== 'Namespace'))
      expect(metadata.namespace).toBe('onsale');
  });
});
