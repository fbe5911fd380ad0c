import type { Run } from 'swarms-hub-client';
import { cutsWithin } from './words';

/** A piece of a held text: masked or not. */
export interface HeldPiece {
  /** Its place in the lane's text. */
  readonly start: number;
  readonly text: string;
  readonly isMasked: boolean;
}

/** The place in the lane's text up to which the room has it. */
export function releasedIn(run: Run | undefined): number {
  return (run?.text?.length ?? 0) + (run?.masks ?? []).reduce((sum, mask) => sum + mask.length, 0);
}

/** Cuts what is held of a lane's text at the borders of its masked passages, and in pieces that stay as the text grows. */
export function piecesOf(lane: Run | undefined, released: number): readonly HeldPiece[] {
  const text = lane?.text ?? '';
  const pieces: HeldPiece[] = [];
  const add = (start: number, end: number, isMasked: boolean) => {
    const borders = [Math.max(start, released), ...cutsWithin(text, Math.max(start, released), end), end];
    for (const [i, from] of borders.entries()) {
      const to = borders[i + 1];
      if (to !== undefined && to > from) pieces.push({ start: from, text: text.slice(from, to), isMasked });
    }
  };
  let end = 0;
  for (const range of lane?.masked ?? []) {
    add(end, range.start, false);
    add(range.start, range.end, true);
    end = range.end;
  }

  add(end, text.length, false);
  return pieces;
}

/** The place in the lane's text of a place in the document; undefined outside of the pieces. */
export function placeOf(node: Node | null, offset: number): number | undefined {
  const piece = (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-start]');
  if (!piece) return undefined;

  const start = Number(piece.dataset['start']);
  return node instanceof Text ? start + offset : start + (offset > 0 ? piece.textContent.length : 0);
}

/** The place in the document of a place in the lane's text; undefined where no piece has it. */
export function nodeAt(box: ParentNode, at: number): { node: Node; offset: number } | undefined {
  const piece = [...box.querySelectorAll<HTMLElement>('[data-start]')].findLast(element => Number(element.dataset['start']) <= at);
  const node = piece?.firstChild;
  const offset = at - Number(piece?.dataset['start']);
  return node && offset <= (node.textContent ?? '').length ? { node, offset } : undefined;
}
