/** The parts of a passage that are looked for where the whole of it is not found: a link's address, for one, is not drawn. */
const partLengths = [160, 60, 24];

const signs = /[\p{L}\p{N}]/u;

/** A place in a text, in UTF-16 units. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds a passage of a run's source in the text that is drawn of it. Formatting takes signs away, so letters and digits alone are compared.
 * Where they occur several times, the place nearest to `near` counts: the passage's place in the source, from 0 to 1.
 */
export function findPassage(drawn: string, passage: string, near: number): Place | undefined {
  const text = lettersOf(drawn);
  const sought = lettersOf(passage).letters;
  if (sought === '') return undefined;

  const whole = nearest(text.letters, sought, near);
  if (whole !== undefined) return placeOf(text.places, whole, sought.length);

  for (const length of partLengths.filter(length => length < sought.length)) {
    const start = nearest(text.letters, sought.slice(0, length), near);
    if (start === undefined) continue;

    const tail = sought.slice(-length);
    const last = text.letters.indexOf(tail, start);
    const isClose = last >= 0 && last - start <= sought.length * 2;
    return placeOf(text.places, start, isClose ? last + tail.length - start : length);
  }

  return undefined;
}

function placeOf(places: readonly number[], start: number, length: number): Place {
  return { start: places[start]!, end: places[start + length - 1]! + 1 };
}

function lettersOf(text: string): { letters: string; places: readonly number[] } {
  let letters = '';
  const places: number[] = [];
  let at = 0;
  for (const sign of text) {
    if (signs.test(sign)) {
      letters += sign;
      for (let unit = 0; unit < sign.length; unit++) places.push(at + unit);
    }

    at += sign.length;
  }

  return { letters, places };
}

function nearest(text: string, sought: string, near: number): number | undefined {
  let best: number | undefined;
  const wanted = near * text.length;
  for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1))
    if (best === undefined || Math.abs(at - wanted) < Math.abs(best - wanted)) best = at;

  return best;
}
