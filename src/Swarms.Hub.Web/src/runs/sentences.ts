/** A text without any end of a sentence, such as a table of numbers, is said in parts of this length. */
const maxPartLength = 600;

/** Cuts a text that grows into sentences to be read aloud. */
export class Sentences {
  readonly #segmenter: Intl.Segmenter;
  #length = 0;

  constructor(language: string) {
    this.#segmenter = new Intl.Segmenter(language, { granularity: 'sentence' });
  }

  /** Returns the sentences that are whole since the last call; with the end of the text, also the last one. */
  take(text: string, isWhole: boolean): string[] {
    const rest = text.slice(this.#length);
    const segments = [...this.#segmenter.segment(rest)].map(({ segment }) => segment);
    // The last one may go on, and so may one that only seems to end: "3." of "3.5".
    const open = isWhole ? '' : (segments.pop() ?? '');
    this.#length += rest.length - open.length;
    if (open.length > maxPartLength) {
      const end = open.lastIndexOf(' ') + 1 || open.length;
      segments.push(open.slice(0, end));
      this.#length += end;
    }

    return segments.map(spoken).filter(sentence => /[\p{L}\p{N}]/u.test(sentence));
  }
}

/** Leaves the signs of Markdown out, which a screen reader would read one by one. */
function spoken(markdown: string): string {
  return markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(?:#{1,6}|>|[-*+]|\d+[.)])\s+/gm, '')
    .replace(/[*_`~|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
