import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import type { TextRange } from 'swarms-hub-client';
import { nodeAt, placeOf } from './pieces';
import { stillHeld } from './words';

interface SelectedRange {
  /** What is selected in the held text, as places in the lane's text. */
  readonly range: TextRange | undefined;
  readonly select: (range: TextRange | undefined) => void;
}

/** The selection in a held text. It outlives the drawing of new text, and gives way to what is released. */
export function useSelectedRange(box: RefObject<HTMLElement | null>, released: number): SelectedRange {
  const [range, setRange] = useState<TextRange>();
  useEffect(() => {
    const look = () => setRange(before => sameOr(before, rangeIn(box.current)));
    document.addEventListener('selectionchange', look);
    return () => document.removeEventListener('selectionchange', look);
  }, [box]);
  const select = (next: TextRange | undefined) => {
    setRange(next);
    show(box.current, next);
  };
  const held = stillHeld(range, released);
  // A node that was drawn anew has lost what was selected in it.
  useLayoutEffect(() => {
    const drawn = rangeIn(box.current);
    if (held && (drawn?.start !== held.start || drawn.end !== held.end)) show(box.current, held);
  });
  return { range: held, select };
}

function sameOr(before: TextRange | undefined, now: TextRange | undefined): TextRange | undefined {
  return before && before.start === now?.start && before.end === now.end ? before : now;
}

function show(box: HTMLElement | null, range: TextRange | undefined): void {
  const selection = document.getSelection();
  if (!box || !selection) return;

  const [from, to] = range ? [nodeAt(box, range.start), nodeAt(box, range.end)] : [];
  if (from && to) selection.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
  else if (!range && rangeIn(box)) selection.removeAllRanges();
}

function rangeIn(box: HTMLElement | null): TextRange | undefined {
  const selection = document.getSelection();
  if (!box || !selection || selection.rangeCount === 0 || selection.isCollapsed) return undefined;

  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  if (!box.contains(startContainer) || !box.contains(endContainer)) return undefined;

  const [start, end] = [placeOf(startContainer, startOffset), placeOf(endContainer, endOffset)];
  return start === undefined || end === undefined || end <= start ? undefined : { start, end };
}
