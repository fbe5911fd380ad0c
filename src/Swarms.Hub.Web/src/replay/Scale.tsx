import type { Bins, Step } from './marks';

/** The height of the chunks, which stand on the bottom: higher where more came. */
const chunks = 18;
const lane = 5;

/** The marks above the scrubber, a lane for each kind from the top. The legend says the same in words and numbers. */
export function Scale({ bins, kinds }: { bins: Bins; kinds: readonly Step[] }) {
  const most = Math.max(1, ...bins.chunk);
  const height = kinds.length * lane + chunks + 2;
  return (
    <svg className="replay-marks" viewBox={`0 0 ${bins.chunk.length} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path
        data-mark="chunk"
        d={bins.chunk.map((count, x) => bar(x, count === 0 ? 0 : 2 + (chunks - 2) * Math.sqrt(count / most), height)).join('')}
      />
      {kinds.map((kind, at) => (
        <path key={kind} data-mark={kind} d={bins[kind].map((count, x) => bar(x, count === 0 ? 0 : lane - 1, (at + 1) * lane)).join('')} />
      ))}
    </svg>
  );
}

function bar(x: number, tall: number, bottom: number): string {
  return tall === 0 ? '' : `M${x} ${bottom}h1v${-tall}h-1z`;
}
