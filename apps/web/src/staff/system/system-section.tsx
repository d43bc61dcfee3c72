// The machinery behind all sales: what should run more of, the command queues, the jobs, who holds which lock, and the
// commands that were given up. Read every two seconds.
import type { SystemView } from '@onsale/contracts';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { staffApi } from '../../api/staff-api.ts';
import { formatCount, formatTime, t } from '../../language/language.ts';
import { Loading } from '../../ui/page.tsx';
import { DeadLetters } from './dead-letters.tsx';

const READ_EVERY_MS = 2_000;

export function SystemSection() {
  const system = useSystem();
  if (system === null) return <Loading />;
  return (
    <div class="console-part">
      <Recommendations {...system} />
      <div class="two-columns">
        <Queues {...system} />
        <Jobs {...system} />
      </div>
      <DeadLetters count={system.deadLetters} />
      <Locks {...system} />
    </div>
  );
}

function useSystem(): SystemView | null {
  const [system, setSystem] = useState<SystemView | null>(null);
  useEffect(() => {
    const read = async () => {
      const answer = await staffApi.watchSystem();
      if (answer.kind === 'ok') setSystem(answer.body);
    };
    void read();
    const timer = setInterval(() => void read(), READ_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return system;
}

function Part({ id, title, children }: { id: string; title: string; children: ComponentChildren }) {
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Recommendations({ recommendations }: SystemView) {
  return (
    <Part id="recommended" title={t('ops.recommended')}>
      {recommendations.length === 0 && <p class="soft">{t('ops.recommendedNone')}</p>}
      <ul class="facts">
        {recommendations.map(({ process, more, urgent, why }) => (
          <li key={process + why}>
            <b class={urgent ? 'problem' : undefined}>{t('ops.recommendedOf', { process, count: more })}</b> {why}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Queues({ partitions, workers }: SystemView) {
  return (
    <Part id="queues" title={t('ops.queues')}>
      <p>{t('ops.workers', { count: workers })}</p>
      {partitions === null ? (
        <p class="problem">{t('ops.brokerAway')}</p>
      ) : (
        <Rows
          label={t('ops.queues')}
          heads={[t('ops.partition'), t('ops.queueWaiting'), t('ops.consumers'), t('ops.owner')]}
          rows={partitions.map(({ partition, waiting, consumers, owner, heard }) => [
            String(partition),
            formatCount(waiting),
            formatCount(consumers),
            owner === null ? '–' : heard ? owner : t('ops.silent', { owner }),
          ])}
        />
      )}
    </Part>
  );
}

function Jobs({ jobs }: SystemView) {
  if (jobs === null) {
    return (
      <Part id="jobs" title={t('ops.jobs')}>
        <p class="problem">{t('ops.jobsAway')}</p>
      </Part>
    );
  }
  const { waiting, active, failed, schedules, lastFailures } = jobs;
  return (
    <Part id="jobs" title={t('ops.jobs')}>
      <p>{t('ops.jobsNow', { waiting, active, failed })}</p>
      <Rows
        label={t('ops.jobs')}
        heads={[t('ops.job'), t('ops.every'), t('ops.next')]}
        rows={schedules.map(({ name, everyMs, nextAt }) => [
          name,
          `${everyMs / 1000} s`,
          nextAt === null ? '–' : formatTime(nextAt),
        ])}
      />
      {lastFailures.length > 0 && (
        <details>
          <summary>{t('ops.jobFailures', { count: lastFailures.length })}</summary>
          <ul>
            {lastFailures.map(({ name, at, reason }) => (
              <li key={name + at}>
                <span class="soft">{formatTime(at)}</span> <b>{name}</b> {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Part>
  );
}

function Locks({ leaders }: SystemView) {
  return (
    <Part id="locks" title={t('ops.locks')}>
      {leaders.length === 0 ? (
        <p class="soft">{t('ops.locksNone')}</p>
      ) : (
        <Rows
          label={t('ops.locks')}
          heads={[t('ops.lockSale'), t('ops.lockHolder')]}
          rows={leaders.map(({ name, holder }) => [name, holder])}
        />
      )}
    </Part>
  );
}

function Rows({
  label,
  heads,
  rows,
}: {
  label: string;
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section class="table-scroll table-words" tabIndex={0} aria-label={t('ops.tableOf', { label })}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first = '', ...rest], row) => (
            <tr key={row}>
              <th scope="row">{first}</th>
              {rest.map((cell, i) => (
                <td key={heads[i + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
