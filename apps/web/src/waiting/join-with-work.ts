// Joining, and doing proof of work first where a storm from the fan's network made it necessary. A worker does it, so that
// the page goes on; the fan notices nothing but a moment.
import type { JoinBody, JoinedView } from '@onsale/contracts';
import type { WorkChallenge } from '@onsale/domain';
import { fanApi } from '../api/fan-api.ts';
import type { Answer } from '../api/request.ts';

const ROUNDS_MAX = 3; // the storm may have grown while the work was done
const WORK_LIMIT_MS = 60_000;

export async function joinWithWork(saleId: string, body: JoinBody): Promise<Answer<JoinedView>> {
  let answer = await fanApi.joinLine(saleId, body);
  for (let round = 0; round < ROUNDS_MAX && answer.kind === 'problem'; round++) {
    const { code, challenge: asked } = answer.problem;
    if (code !== 'challenge_required' || asked === undefined) break;
    const challenge = await solveAside(asked);
    if (challenge === null) break;
    answer = await fanApi.joinLine(saleId, { ...body, challenge });
  }
  return answer;
}

/** What to send back; null when this browser cannot do it. */
function solveAside(asked: WorkChallenge): Promise<string | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./solve-work.worker.ts', import.meta.url), { type: 'module' });
    const end = (solution: string | null) => {
      clearTimeout(limit);
      worker.terminate();
      resolve(solution);
    };
    const limit = setTimeout(() => end(null), WORK_LIMIT_MS);
    worker.onmessage = ({ data }: MessageEvent<string | null>) => end(data);
    worker.onerror = () => end(null);
    worker.postMessage(asked);
  });
}
