// Solves the proof of work of one join, off the page's thread.
import { solveWork, type WorkChallenge, workPayload } from '@onsale/domain';

addEventListener('message', ({ data }: MessageEvent<WorkChallenge>) => {
  const number = solveWork(data);
  postMessage(number === null ? null : workPayload(data, number));
});
