import type { RunFigure } from './readFigures';

/** More would not be told apart. The others are one line. */
export const mostLines = 8;

/** A line of a plot: a name, and a value for each time; null where it has none. */
export interface Line {
  readonly key: string;
  readonly values: readonly (number | null)[];
}

export interface Lines {
  /** Seconds since 1970, rising. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
}

/** The key of all that are not lines of their own. No name is empty. */
export const others = '';

/** The keys of the most runs, and those that are left are `others`. */
export function keysOf(figures: readonly RunFigure[], keyOf: (figure: RunFigure) => string): (figure: RunFigure) => string {
  const counts = new Map<string, number>();
  for (const figure of figures) counts.set(keyOf(figure), (counts.get(keyOf(figure)) ?? 0) + 1);
  if (counts.size <= mostLines) return keyOf;

  const shown = new Set(
    [...counts]
      .sort(([, one], [, other]) => other - one)
      .slice(0, mostLines - 1)
      .map(([key]) => key),
  );
  return figure => (shown.has(keyOf(figure)) ? keyOf(figure) : others);
}

/** How much there was of something up to each time, for each key: 0 before its first. */
export function sumsOf(
  figures: readonly RunFigure[],
  keyOf: (figure: RunFigure) => string,
  valueOf: (figure: RunFigure) => number | null | undefined,
): Lines {
  const { times, lines } = pointsOf(figures, keyOf, valueOf);
  return {
    times,
    lines: lines.map(({ key, values }) => {
      let sum = 0;
      return { key, values: values.map(value => (sum += value ?? 0)) };
    }),
  };
}

/** What each run had of something, for each key. */
export function pointsOf(
  figures: readonly RunFigure[],
  keyOf: (figure: RunFigure) => string,
  valueOf: (figure: RunFigure) => number | null | undefined,
): Lines {
  const known = figures.flatMap(figure => {
    const value = valueOf(figure);
    return value === null || value === undefined ? [] : [{ figure, value }];
  });
  const keys = [...new Set(known.map(({ figure }) => keyOf(figure)))];
  const lines = new Map<string, (number | null)[]>(keys.map(key => [key, new Array<number | null>(known.length).fill(null)]));
  known.forEach(({ figure, value }, index) => (lines.get(keyOf(figure))![index] = value));
  return {
    times: known.map(({ figure }) => figure.endedAt / 1000),
    lines: keys.map(key => ({ key, values: lines.get(key)! })),
  };
}

/** The value in the middle; undefined without any. */
export function medianOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter(value => value !== undefined).sort((one, other) => one - other);
  const middle = known.length >> 1;
  return known.length % 2 === 1 || known.length === 0 ? known[middle] : (known[middle - 1]! + known[middle]!) / 2;
}
