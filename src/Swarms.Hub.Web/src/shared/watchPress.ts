/** A finger's click comes a while after it was lifted; after so long, in milliseconds, none comes any more. */
const longestTap = 500;

/** Whether a pointer presses something, from its way down until its click. */
export interface Press {
  readonly isHeld: boolean;
}

/**
 * Watches what is pressed within `part`. Nothing may move meanwhile: a click goes to what is under the pointer then, and a finger's comes
 * only after its focus has moved. Calls `onOver` when the press is over.
 */
export function watchPress(part: EventTarget, signal: AbortSignal, onOver?: () => void): Press {
  let isHeld = false;
  let timer: number | undefined;
  const over = () => {
    clearTimeout(timer);
    if (!isHeld) return;

    isHeld = false;
    onOver?.();
  };
  const options = { signal, capture: true };
  part.addEventListener(
    'pointerdown',
    () => {
      clearTimeout(timer);
      isHeld = true;
    },
    options,
  );
  for (const end of ['click', 'pointercancel', 'blur'])
    window.addEventListener(end, event => (end !== 'blur' || event.target === window) && over(), options);
  window.addEventListener('pointerup', () => (timer = window.setTimeout(over, longestTap)), options);
  return {
    get isHeld() {
      return isHeld;
    },
  };
}
