/** Brings a run's card to the top of the list and gives it the focus. */
export function showRun(runId: string): void {
  const slot = [...document.querySelectorAll<HTMLElement>('.runs [data-slot]')].find(element => element.dataset['slot'] === runId);
  if (!slot) return;

  // This is somewhere else than the end, so it is a move of the reader's own.
  slot.closest('.runs')?.dispatchEvent(new Event('leavefollowing'));
  slot.scrollIntoView({ block: 'start' });
  requestAnimationFrame(() => {
    slot.scrollIntoView({ block: 'start' });
    slot.querySelector<HTMLElement>('.run')?.focus({ preventScroll: true });
  });
}
