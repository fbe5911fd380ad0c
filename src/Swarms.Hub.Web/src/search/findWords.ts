/** A part of a text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const marks = /\p{Mark}/gu;

/** The words of a search, folded. The hub takes ten. */
export function wordsOf(query: string): string[] {
  return query.split(/\s+/).map(fold).filter(Boolean).slice(0, 10);
}

/** Returns where folded words stand in a text, in its order. Case, accents and width make no difference, as at the hub. */
export function findWords(text: string, words: readonly string[]): Span[] {
  if (words.length === 0) return [];

  const { folded, places } = foldWithPlaces(text);
  const found: Span[] = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      const last = places[at + word.length - 1];
      if (last) found.push({ start: places[at]!.start, end: last.end });
    }
  }

  return withoutOverlaps(found.sort((one, other) => one.start - other.start || other.end - one.end));
}

function withoutOverlaps(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    if (last && span.start < last.end) kept[kept.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else kept.push(span);
  }

  return kept;
}

/** The sigma at a word's end is the same letter. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(marks, '').toUpperCase().toLowerCase().replace(/ς/g, 'σ');
}

/** A letter may fold to several, and a mark to none: each folded unit knows the letter that it came from. */
function foldWithPlaces(text: string): { folded: string; places: Span[] } {
  const places: Span[] = [];
  let folded = '';
  let start = 0;
  for (const letter of text) {
    const end = start + letter.length;
    const now = fold(letter);
    // A mark belongs to the letter before it.
    if (now === '' && places.length > 0) places[places.length - 1] = { start: places.at(-1)!.start, end };
    places.push(...Array.from({ length: now.length }, () => ({ start, end })));
    folded += now;
    start = end;
  }

  return { folded, places };
}
