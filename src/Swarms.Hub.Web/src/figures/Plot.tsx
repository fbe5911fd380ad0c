import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useLanguage } from '../language/useLanguage';
import type { Lines } from './lines';
import { colourNames, dashes } from './colours';

interface PlotProps {
  readonly title: string;
  readonly data: Lines;
  /** Sums are steps that go up; others are points. */
  readonly kind: 'steps' | 'points';
  readonly format: (value: number) => string;
  /** The place of each line's key among the colours. */
  readonly colourOf: (key: string) => number;
}

const height = 180;
const pointSize = 7;
/** The least distance of two times below a plot, in pixels. */
const timeSpace = 90;
/** In seconds. */
const secondsMatter = 300;

/** A plot over time. It says nothing that the table below does not say, so it is a picture for those who see it. */
export function Plot({ title, data, kind, format, colourOf }: PlotProps) {
  const { code } = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = box.current;
    if (!place) return;

    let plot: UPlot | undefined;
    const draw = () => {
      plot?.destroy();
      plot = new UPlot(
        optionsOf(place, data, kind, format, colourOf, code),
        [[...data.times], ...data.lines.map(line => [...line.values])],
        place,
      );
    };
    const sizes = new ResizeObserver(() => plot?.setSize({ width: place.clientWidth, height }));
    const themes = new MutationObserver(draw);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    draw();
    sizes.observe(place);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    scheme.addEventListener('change', draw);
    addEventListener('redrawplots', draw);
    return () => {
      removeEventListener('redrawplots', draw);
      scheme.removeEventListener('change', draw);
      themes.disconnect();
      sizes.disconnect();
      plot?.destroy();
    };
  }, [data, kind, format, colourOf, code]);
  return (
    <figure className="plot">
      <figcaption>{title}</figcaption>
      <div ref={box} role="img" aria-label={title} />
    </figure>
  );
}

function optionsOf(
  place: HTMLElement,
  data: Lines,
  kind: 'steps' | 'points',
  format: (value: number) => string,
  colourOf: (key: string) => number,
  code: string,
): UPlot.Options {
  const style = getComputedStyle(place);
  const soft = colour(place, '--soft');
  const font = `12px ${style.fontFamily}`;
  const clock = timesFor(data.times, code);
  const grid = { stroke: colour(place, '--line'), width: 1 };
  return {
    width: place.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: true, range: (_, from, to) => (from === to ? [from - 30, to + 30] : [from, to]) },
      y: { range: (_, __, to) => [0, to === 0 ? 1 : to * 1.1] },
    },
    axes: [
      { stroke: soft, font, grid, ticks: grid, space: timeSpace, values: (_, splits) => splits.map(split => clock.format(split * 1000)) },
      { stroke: soft, font, grid, ticks: grid, size: 70, values: (_, splits) => splits.map(format) },
    ],
    series: [
      {},
      ...data.lines.map(({ key }) => {
        const at = colourOf(key);
        const stroke = colour(place, colourNames[at % colourNames.length]!);
        // A step of one time is no line.
        const points = { show: kind === 'points' || data.times.length === 1, size: pointSize, fill: stroke, stroke };
        return kind === 'points'
          ? { stroke, points, paths: () => null }
          : { stroke, width: 2, points, dash: [...dashes[at % dashes.length]!], paths: UPlot.paths.stepped!({ align: 1 }) };
      }),
    ],
  };
}

/** Times of one day need no date, and those of some minutes need seconds. */
function timesFor(times: readonly number[], code: string): Intl.DateTimeFormat {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const isOneDay = new Date(first * 1000).toDateString() === new Date(last * 1000).toDateString();
  const style = last - first < secondsMatter ? 'medium' : 'short';
  return new Intl.DateTimeFormat(
    code,
    isOneDay ? { timeStyle: style } : { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' },
  );
}

/** A colour of the theme as the canvas takes it. */
function colour(place: HTMLElement, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
