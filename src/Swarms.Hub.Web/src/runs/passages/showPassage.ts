import type { Passage, RoomClient } from 'swarms-hub-client';
import { keep } from '../useKept';
import { findSlot, revealRun, showRun } from '../showRun';
import { markPassage, unmarkPassage, type PassageToMark } from './markPassage';
import { readPassage } from './passages';

/** A card far from the window is drawn, its text loaded, and its far parts unfolded within so many frames. */
const mostFrames = 120;
/** So many frames without a change: the place is where it stays. */
const calmFrames = 4;

let shown = 0;

/** Leads to a passage: unfolds its run, brings the passage into view and marks it. Returns whether the run is on the page. */
export async function showPassage(client: RoomClient, passage: Passage): Promise<boolean> {
  const turn = ++shown;
  unmarkPassage();
  keep(`${passage.run} collapsed`, false);
  if (!(await revealRun(passage.run))) return false;

  showRun(passage.run);
  const { text, start } = await readPassage(client, passage);
  const length = client.state?.findRun(passage.run)?.text?.length ?? 0;
  if (turn !== shown) return true;

  bringIntoView(passage.run, { text, near: length === 0 ? 0 : start / length }, turn, mostFrames, calmFrames);
  return true;
}

/** What is drawn changes while the list moves there, so the passage is found anew in each frame until it stays. */
function bringIntoView(runId: string, passage: PassageToMark, turn: number, frames: number, calm: number): void {
  requestAnimationFrame(() => {
    if (turn !== shown || frames === 0 || calm === 0) return;

    const slot = findSlot(runId);
    const range = slot && markPassage(slot, passage);
    const box = slot?.closest('.runs')?.getBoundingClientRect();
    const isThere = range !== undefined && box !== undefined && isWithin(range.getBoundingClientRect(), box);
    if (range && !isThere) range.startContainer.parentElement?.scrollIntoView({ block: 'center' });
    bringIntoView(runId, passage, turn, frames - 1, isThere ? calm - 1 : calmFrames);
  });
}

function isWithin({ top }: DOMRect, box: DOMRect): boolean {
  return top >= box.top + box.height * 0.1 && top <= box.bottom - box.height * 0.1;
}

// The mark is there to find the passage. It goes once the reader does something else.
addEventListener('pointerdown', unmarkPassage);
addEventListener('keydown', ({ key }) => key === 'Escape' && unmarkPassage());
