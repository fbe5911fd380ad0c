const mostFrames = 30;

type Reveal = (runId: string) => Promise<boolean>;

let reveal: Reveal | undefined;

/** Lets the list of runs load the pages before a run that is not on the page. Returns what takes that back. */
export function onReveal(load: Reveal): () => void {
  reveal = load;
  return () => {
    if (reveal === load) reveal = undefined;
  };
}

/** Loads what is between the runs on the page and an earlier one. Returns whether the run is on the page now. */
export async function revealRun(runId: string): Promise<boolean> {
  return findSlot(runId) !== undefined || ((await reveal?.(runId)) ?? false);
}

export function findSlot(runId: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>('.runs [data-slot]')].find(element => element.dataset['slot'] === runId);
}

/** Brings a run's card to the top of the list and gives it the focus, or the part of it with this selector. */
export function showRun(runId: string, part?: string): void {
  const slot = findSlot(runId);
  if (!slot) return;

  // This is somewhere else than the end, so it is a move of the reader's own.
  slot.closest('.runs')?.dispatchEvent(new Event('leavefollowing'));
  slot.scrollIntoView({ block: 'start', inline: 'center' });
  focusWhenDrawn(slot, part, mostFrames);
}

/** A run far from the window is drawn some frames after its place came near. */
function focusWhenDrawn(slot: HTMLElement, part: string | undefined, frames: number): void {
  requestAnimationFrame(() => {
    slot.scrollIntoView({ block: 'start', inline: 'center' });
    const run = slot.querySelector<HTMLElement>('.run');
    const wanted = (part === undefined ? undefined : run?.querySelector<HTMLElement>(part)) ?? run;
    if (wanted) wanted.focus({ preventScroll: true });
    else if (frames > 1) focusWhenDrawn(slot, part, frames - 1);
  });
}
