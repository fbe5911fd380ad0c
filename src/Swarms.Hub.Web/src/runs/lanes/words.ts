import type { TextRange } from 'swarms-hub-client';

/** Pieces of this length keep their nodes while a text grows behind them, and so the selection within them. */
const pieceLength = 64;

/**
 * Moves a selection by one word, or extends its end by one. Words are what stands between blanks. The selection begins at the first word
 * behind `from`, or backwards at the last.
 */
export function moveByWord(
  text: string,
  from: number,
  range: TextRange | undefined,
  step: 1 | -1,
  isExtending: boolean,
): TextRange | undefined {
  const words = [...text.slice(from).matchAll(/\S+/g)].map(({ index, 0: word }) => ({
    start: from + index,
    end: from + index + word.length,
  }));
  if (!range) return step === 1 ? words[0] : words.at(-1);

  const [first, last] = [words.findIndex(({ end }) => end > range.start), words.findLastIndex(({ start }) => start < range.end)];
  if (!isExtending) return words[Math.min(words.length - 1, Math.max(0, step === 1 ? last + 1 : first - 1))];

  const end = words[Math.min(words.length - 1, Math.max(first, last + step))];
  return end ? { start: range.start, end: end.end } : range;
}

/** The part of a selection that the room does not have yet; undefined if there is none. */
export function stillHeld(range: TextRange | undefined, released: number): TextRange | undefined {
  if (!range || range.end <= released) return undefined;

  return range.start >= released ? range : { start: released, end: range.end };
}

/** The places at which a text is cut: fixed ones, of which none is within a sign of two units. */
export function cutsWithin(text: string, start: number, end: number): number[] {
  const cuts: number[] = [];
  for (let at = Math.ceil((start + 1) / pieceLength) * pieceLength; at < end; at += pieceLength) {
    const unit = text.charCodeAt(at);
    const isSecondHalf = unit >= 0xdc00 && unit <= 0xdfff;
    if (!isSecondHalf) cuts.push(at);
    else if (at + 1 < end) cuts.push(at + 1);
  }

  return cuts;
}
