import { findPassage } from './findPassage';
import './Passages.css';

const name = 'passage';

/** A passage as the hub read it, with its place in the run's text. */
export interface PassageToMark {
  readonly text: string;
  /** Its place in the run's text, from 0 to 1. */
  readonly near: number;
}

/** Marks a passage in a run's card, and returns the marked range; undefined where its text is not drawn. */
export function markPassage(card: Element, { text, near }: PassageToMark): Range | undefined {
  for (const box of card.querySelectorAll('.text')) {
    const range = rangeOf(box, text, near);
    if (!range) continue;

    show(range);
    return range;
  }

  return undefined;
}

export function unmarkPassage(): void {
  highlights()?.delete(name);
}

/** Browsers without highlights of their own show the selection. */
function show(range: Range): void {
  const marks = highlights();
  if (marks) {
    marks.set(name, new Highlight(range));
    return;
  }

  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

function highlights(): HighlightRegistry | undefined {
  return 'highlights' in CSS ? CSS.highlights : undefined;
}

function rangeOf(box: Element, text: string, near: number): Range | undefined {
  const nodes: { node: Text; start: number }[] = [];
  let drawn = '';
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push({ node: node as Text, start: drawn.length });
    drawn += (node as Text).data;
  }

  const place = findPassage(drawn, text, near);
  if (!place) return undefined;

  const from = nodes.findLast(({ start }) => start <= place.start)!;
  const to = nodes.findLast(({ start }) => start < place.end)!;
  const range = document.createRange();
  range.setStart(from.node, place.start - from.start);
  range.setEnd(to.node, place.end - to.start);
  return range;
}
