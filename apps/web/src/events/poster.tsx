// A drawn poster for an event: rows of a hall around a stage. Which rows glow follows from the event's slug, so that
// every event has a face of its own without a picture having to be loaded.

const shapes = {
  card: { width: 400, height: 260, rows: 9, first: 46, step: 21 },
  banner: { width: 1000, height: 260, rows: 17, first: 52, step: 27 },
} as const;

export function Poster({ slug, shape }: { slug: string; shape: keyof typeof shapes }) {
  const { width, height, rows, first, step } = shapes[shape];
  const pick = numbersFrom(slug);
  const turn = (pick() % 50) - 25;
  const arcs = Array.from({ length: rows }, (_, row) => ({
    radius: first + row * step,
    gap: 10 + (pick() % 4) * 3,
    tone: ['a', 'b', 'c', 'b', 'a', 'd'][pick() % 6] as string,
    from: 192 + (pick() % 5) * 6,
    to: 348 - (pick() % 5) * 6,
  }));
  return (
    <svg class="poster" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <rect width={width} height={height} class="poster-ground" />
      <g transform={`translate(${width / 2 + turn * 2} ${height - 26})`}>
        {arcs.map(({ radius, gap, tone, from, to }) => (
          <path
            key={radius}
            class={`poster-row tone-${tone}`}
            d={arc(radius, from, to)}
            stroke-dasharray={`0 ${gap}`}
          />
        ))}
        <circle r="13" class="poster-stage" />
      </g>
    </svg>
  );
}

/** An arc around the origin; degrees, 180 is left and 270 is up. */
function arc(radius: number, from: number, to: number): string {
  const at = (degrees: number) => {
    const radians = (degrees * Math.PI) / 180;
    return `${(radius * Math.cos(radians)).toFixed(1)} ${(radius * Math.sin(radians)).toFixed(1)}`;
  };
  return `M${at(from)}A${radius} ${radius} 0 0 1 ${at(to)}`;
}

// A small generator (FNV-1a over the slug, then xorshift): the same slug always gives the same poster.
function numbersFrom(slug: string): () => number {
  let state = [...slug].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 16_777_619), 2_166_136_261) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
