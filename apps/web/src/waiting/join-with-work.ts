// Joining, and doing proof of work first where a storm from the fan's network made it necessary. A worker does it, so that
// the page goes on; the fan notices nothing but a moment, and after a second is told why it takes one.
import type { JoinBody, JoinedView } from '@onsale/contracts';
import type { WorkChallenge } from '@onsale/domain';
import { fanApi } from '../api/fan-api.ts';
import type { Answer } from '../api/request.ts';

const ROUNDS_MAX = 3; // the storm may have grown while the work was done
const WORK_LIMIT_MS = 60_000; // of all rounds; a phone that needs longer is told so
const NOTICED_AFTER_MS = 1_000;

/** `takesLong` is called when the work is not done after a second. */
export async function joinWithWork(saleId: string, body: JoinBody, takesLong: () => void): Promise<Answer<JoinedView>> {
  let answer = await fanApi.joinLine(saleId, body);
  const until = performance.now() + WORK_LIMIT_MS;
  const noticed = setTimeout(takesLong, NOTICED_AFTER_MS);
  for (let round = 0; round < ROUNDS_MAX && answer.kind === 'problem'; round++) {
    const { code, challenge: asked } = answer.problem;
    if (code !== 'challenge_required' || asked === undefined) break;
    const challenge = await solveAside(asked, until - performance.now());
    if (challenge === null) break;
    answer = await fanApi.joinLine(saleId, { ...body, challenge });
  }
  clearTimeout(noticed);
  return answer;
}

/** What to send back; null when this browser cannot do it in time. */
function solveAside(asked: WorkChallenge, limitMs: number): Promise<string | null> {
  return new Promise((resolve) => {
    let worker: Worker;
    try {
      worker = new Worker(new URL('./solve-work.worker.ts', import.meta.url), { type: 'module' });
    } catch {
      return resolve(null); // a browser without workers, or one that forbids them
    }
    const end = (solution: string | null) => {
      clearTimeout(limit);
      worker.terminate();
      resolve(solution);
    };
    const limit = setTimeout(() => end(null), limitMs);
    worker.onmessage = ({ data }: MessageEvent<string | null>) => end(data);
    worker.onerror = () => end(null);
    worker.postMessage(asked);
  });
}
