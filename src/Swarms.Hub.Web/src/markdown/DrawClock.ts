/** Something that draws when the clock says so. */
export interface Drawable {
  /** Whether it is far from the window, where nobody sees it. */
  readonly isFar: boolean;
  draw(): void;
}

/** Of all time, drawing may take this part: the rest is for scrolling, typing and the connection. */
const maxShare = 0.25;
/** A frame that takes longer is felt, so where they do there are fewer of them. */
const feltMilliseconds = 20;
const maxFeltShare = 0.1;
const maxInterval = 500;
/** Texts far from the window are drawn so often, one after the other: nobody sees them, but their height moves what one sees. */
const farInterval = 500;
/** A page in the background gets no frames. Its texts grow all the same, so that they are there as it is shown again. */
const hiddenInterval = 1000;

/**
 * Says when texts are drawn: all of them in one frame, as often as this device manages. The browser's own work for a frame, layout and
 * paint, counts as drawing.
 */
class DrawClock {
  readonly #near = new Set<Drawable>();
  readonly #far = new Set<Drawable>();
  #next = 0;
  #nextFar = 0;
  #isScheduled = false;

  /** Draws it once, soon. */
  request(drawable: Drawable): void {
    (drawable.isFar ? this.#far : this.#near).add(drawable);
    if (this.#isScheduled) return;

    this.#isScheduled = true;
    // A request within a frame is drawn in the same frame.
    if (this.#isDue(performance.now())) queueMicrotask(() => this.#run());
    else this.#wait();
  }

  cancel(drawable: Drawable): void {
    this.#near.delete(drawable);
    this.#far.delete(drawable);
  }

  #isDue(now: number): boolean {
    return !document.hidden && now >= (this.#near.size > 0 ? this.#next : this.#nextFar);
  }

  #wait(): void {
    const tryNow = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      if (document.hidden || this.#isDue(performance.now())) this.#run();
      else this.#wait();
    };
    const frame = requestAnimationFrame(tryNow);
    // The frame that was asked for never comes where the page is hidden meanwhile.
    const timer = setTimeout(tryNow, hiddenInterval);
  }

  #run(): void {
    this.#isScheduled = false;
    const began = performance.now();
    const due = [...this.#near, ...this.#takeFar(began)];
    this.#near.clear();
    this.#next = began + 1;
    for (const drawable of due) drawable.draw();
    // This comes after the browser has laid out and painted.
    setTimeout(() => {
      const cost = performance.now() - began;
      this.#next = began + Math.min(cost / (cost > feltMilliseconds ? maxFeltShare : maxShare), maxInterval);
    });
    this.#goOn();
  }

  #takeFar(now: number): Drawable[] {
    const far = [...this.#far];
    if (document.hidden) {
      this.#far.clear();
      return far;
    }

    const [first] = far;
    if (!first || now < this.#nextFar) return [];

    this.#far.delete(first);
    this.#nextFar = now + farInterval / far.length;
    return [first];
  }

  /** A text that was drawn may have more to show, and may have asked for it already. */
  #goOn(): void {
    if (this.#isScheduled || this.#near.size + this.#far.size === 0) return;

    this.#isScheduled = true;
    this.#wait();
  }
}

export const drawClock = new DrawClock();
