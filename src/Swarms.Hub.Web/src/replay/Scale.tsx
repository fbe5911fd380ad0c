import type { Bins, Mark } from './marks';

const height = 40;
/** The lane of each kind, from the top. Chunks stand on the bottom, higher where more came. */
const lanes: Readonly<Partial<Record<Mark, number>>> = { run: 0, proposal: 1, message: 2, reaction: 3 };
const lane = 5;

/** The marks above the scrubber. The legend says the same in words and numbers. */
export function Scale({ bins }: { bins: Bins }) {
  const most = Math.max(1, ...bins.chunk);
  return (
    <svg className="replay-marks" viewBox={`0 0 ${bins.chunk.length} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path
        data-mark="chunk"
        d={bins.chunk.map((count, x) => bar(x, count === 0 ? 0 : 2 + 16 * Math.sqrt(count / most), height)).join('')}
      />
      {Object.entries(lanes).map(([kind, at]) => (
        <path
          key={kind}
          data-mark={kind}
          d={bins[kind as keyof Bins].map((count, x) => bar(x, count === 0 ? 0 : lane - 1, (at + 1) * lane)).join('')}
        />
      ))}
    </svg>
  );
}

function bar(x: number, tall: number, bottom: number): string {
  return tall === 0 ? '' : `M${x} ${bottom}h1v${-tall}h-1z`;
}
