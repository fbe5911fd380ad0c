import type { Run } from 'swarms-hub-client';

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

/** Cuts what is held of a lane's text at the borders of its masked passages. */
export function piecesOf(lane: Run | undefined, released: number): readonly HeldPiece[] {
  const text = lane?.text ?? '';
  const pieces: HeldPiece[] = [];
  const add = (start: number, end: number, isMasked: boolean) => {
    const from = Math.max(start, released);
    if (end > from) pieces.push({ start: from, text: text.slice(from, end), isMasked });
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
