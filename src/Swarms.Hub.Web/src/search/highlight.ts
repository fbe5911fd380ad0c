import { useEffect, type RefObject } from 'react';
import { findWords } from './findWords';

/** The name by which the style sheet knows the marked words. */
const name = 'found';
const most = 500;
const block = 'p, li, td, th, h1, h2, h3, h4, h5, h6, pre, blockquote, header, footer, div, section, small';

/**
 * Marks words in an element without changing it, as long as it is drawn, and brings the first into sight. Returns what takes the marks
 * away. A browser without highlights shows the text as it is.
 */
export function highlightIn(element: Element, words: readonly string[]): () => void {
  if (!('highlights' in CSS) || words.length === 0) return () => undefined;

  let frame = 0;
  let isSeen = false;
  const draw = () => {
    const ranges = rangesIn(element, words);
    CSS.highlights.set(name, new Highlight(...ranges));
    if (isSeen || !ranges[0]) return;

    isSeen = true;
    ranges[0].startContainer.parentElement?.scrollIntoView({ block: 'center' });
  };
  // A long text is drawn over several frames.
  const changes = new MutationObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  });
  changes.observe(element, { childList: true, subtree: true, characterData: true });
  frame = requestAnimationFrame(draw);
  return () => {
    cancelAnimationFrame(frame);
    changes.disconnect();
    CSS.highlights.delete(name);
  };
}

/** Marks words in what `element` holds. */
export function useHighlight(element: RefObject<Element | null>, words: string): void {
  useEffect(() => (element.current ? highlightIn(element.current, words.split(' ').filter(Boolean)) : undefined), [element, words]);
}

/** Marks words until the reader does something else. */
export function highlightForNow(element: Element, words: readonly string[]): void {
  const stop = highlightIn(element, words);
  const done = new AbortController();
  const end = () => {
    done.abort();
    stop();
  };
  for (const event of ['pointerdown', 'keydown']) document.addEventListener(event, end, { signal: done.signal });
}

/** A word may run through several elements, as where its first letter is bold, but not through two paragraphs. */
function rangesIn(element: Element, words: readonly string[]): Range[] {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes: { node: Node; start: number }[] = [];
  let text = '';
  let before: Element | null = null;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const now = node.parentElement?.closest(block) ?? null;
    if (before !== null && now !== before) text += '\n';
    before = now;
    nodes.push({ node, start: text.length });
    text += node.nodeValue ?? '';
  }

  const at = (place: number) => {
    const found = nodes.findLast(({ start }) => start <= place)!;
    return { node: found.node, offset: Math.min(place - found.start, found.node.nodeValue?.length ?? 0) };
  };
  return findWords(text, words)
    .slice(0, most)
    .map(({ start, end }) => {
      const [from, to] = [at(start), at(end - 1)];
      const range = new Range();
      range.setStart(from.node, from.offset);
      range.setEnd(to.node, Math.min(to.offset + 1, to.node.nodeValue?.length ?? 0));
      return range;
    });
}
