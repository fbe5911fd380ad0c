const mostFrames = 30;

/** Brings a run's card to the top of the list and gives it the focus. */
export function showRun(runId: string): void {
  const slot = [...document.querySelectorAll<HTMLElement>('.runs [data-slot]')].find(element => element.dataset['slot'] === runId);
  if (!slot) return;

  // This is somewhere else than the end, so it is a move of the reader's own.
  slot.closest('.runs')?.dispatchEvent(new Event('leavefollowing'));
  slot.scrollIntoView({ block: 'start' });
  focusWhenDrawn(slot, mostFrames);
}

/** A run far from the window is drawn some frames after its place came near. */
function focusWhenDrawn(slot: HTMLElement, frames: number): void {
  requestAnimationFrame(() => {
    slot.scrollIntoView({ block: 'start' });
    const run = slot.querySelector<HTMLElement>('.run');
    if (run) run.focus({ preventScroll: true });
    else if (frames > 1) focusWhenDrawn(slot, frames - 1);
  });
}
