/** A page in the background gets no frames, so it looks this often. */
const hiddenMilliseconds = 1000;

/** A test or a native program has no frames at all, so it looks this often. */
const framelessMilliseconds = 16;

/** Calls a function at the next frame of the screen, however often it was asked to before that. */
export class FrameClock {
  readonly #onFrame: () => void;
  #frame: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onFrame: () => void) {
    this.#onFrame = onFrame;
  }

  /** Asks for a call. */
  ask(): void {
    if (this.#timer !== undefined) return;

    const call = () => {
      this.cancel();
      this.#onFrame();
    };
    const hasFrames = typeof requestAnimationFrame === 'function';
    if (hasFrames && !globalThis.document?.hidden) this.#frame = requestAnimationFrame(call);

    // A page that is hidden before the frame comes would wait for it until it is seen again.
    this.#timer = setTimeout(call, hasFrames ? hiddenMilliseconds : framelessMilliseconds);
  }

  /** Forgets that it was asked. */
  cancel(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#frame = undefined;
    this.#timer = undefined;
  }
}
