// Draws the hall of the waiting page. Two paths hold all seats, so a redraw costs two attributes.
import { type Dot, dotAt, hallDots } from './hall-rows.ts';

/** `progress` 0…1, or null while nobody has a number: then the whole hall glimmers. */
export function Hall({ progress }: { progress: number | null }) {
  const mine = progress === null ? null : dotAt(progress);
  const me = mine === null ? undefined : hallDots[mine];
  return (
    <svg class={`hall ${mine === null ? 'hall-open' : ''}`} viewBox="-168 -166 336 180" aria-hidden="true">
      <path class="hall-lit" d={seats(hallDots.slice(0, mine ?? 0))} />
      <path class="hall-dark" d={seats(hallDots.slice(mine === null ? 0 : mine + 1))} />
      <path class="hall-stage" d="M-26 4h52" />
      {me && (
        <g class="hall-me">
          <circle class="hall-me-glow" cx={me.x} cy={me.y} r="11" />
          <circle cx={me.x} cy={me.y} r="5.5" />
        </g>
      )}
    </svg>
  );
}

// A line of no length with round ends is a dot.
const seats = (dots: readonly Dot[]): string => dots.map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`).join('');
