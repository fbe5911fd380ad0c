import { drawBlocks } from './draw';
import { drawClock, type Drawable } from './DrawClock';
import { FarGroups } from './FarGroups';
import type { Block } from './Block';

/** Reads a text that grows; see `GrowingMarkdown` and `PlainText`. */
export interface Reader {
  readonly blocks: readonly Block[];
  /** Returns the first block that may have changed since the last call. */
  takeChangedFrom(): number;
  tryUpdate(text: string, isComplete: boolean): boolean;
}

/** A word comes whole; more is spread over a few frames, so that a burst is read as a flow. */
const wordLength = 12;
const framesOfBurst = 4;
/** A text that is there already is read in slices, so that no frame has to wait for the whole. */
const maxStep = 30_000;
/** Of all time, drawing one text may take this part. A text that takes longer is drawn less often. */
const maxShare = 0.15;

/** Draws a text into an element as it grows, at a steady pace. */
export class Painter implements Drawable {
  readonly #container: HTMLElement;
  readonly #createReader: () => Reader;
  readonly #visibility: IntersectionObserver;
  readonly #isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  readonly #far: FarGroups;
  #reader: Reader;
  #text = '';
  #isGrowing = true;
  #shown = 0;
  #isDone = false;
  #isVisible = true;
  #notBefore = 0;

  constructor(container: HTMLElement, createReader: () => Reader) {
    this.#container = container;
    this.#createReader = createReader;
    this.#far = new FarGroups(container);
    this.#reader = createReader();
    this.#visibility = new IntersectionObserver(
      entries => {
        this.#isVisible = entries.at(-1)?.isIntersecting ?? true;
        if (this.#isVisible && !this.#isShown) this.#request();
      },
      { rootMargin: '300px' },
    );
  }

  /** Shows this text from now on. It normally begins with the last one. */
  show(text: string, isGrowing: boolean): void {
    if (text === this.#text && isGrowing === this.#isGrowing) return;

    // A finished text that is there from the start is shown at once.
    if (this.#text === '' && text.length > 0 && this.#shown === 0 && text.length <= maxStep && !isGrowing) this.#shown = text.length;
    this.#visibility.observe(this.#container);
    this.#text = text;
    this.#isGrowing = isGrowing;
    this.#isDone = false;
    this.#shown = Math.min(this.#shown, text.length);
    this.#say();
    this.#request();
  }

  dispose(): void {
    this.#visibility.disconnect();
    this.#far.dispose();
    drawClock.cancel(this);
  }

  get isFar(): boolean {
    return !this.#isVisible;
  }

  /** Called by the clock. */
  draw(): void {
    const began = performance.now();
    if (began >= this.#notBefore) {
      this.#shown = this.#next();
      this.#draw();
      this.#notBefore = began + (performance.now() - began) / maxShare - 16;
    }

    if (!this.#isShown) drawClock.request(this);
  }

  get #isShown(): boolean {
    return this.#isDone || (this.#isGrowing && this.#shown === this.#text.length);
  }

  /** Says how much of what is there is shown: not all yet, all so far, or the whole of a text that has ended. */
  #say(): void {
    const shown = this.#isDone ? 'whole' : this.#isShown ? 'all' : 'behind';
    if (this.#container.dataset['shown'] !== shown) this.#container.dataset['shown'] = shown;
  }

  #request(): void {
    drawClock.cancel(this);
    drawClock.request(this);
  }

  #next(): number {
    const pending = this.#text.length - this.#shown;
    const spread = this.#isCalm || !this.#isVisible || document.hidden ? pending : Math.ceil(pending / framesOfBurst);
    const end = this.#shown + Math.min(pending, maxStep, Math.max(wordLength, spread));
    return end < this.#text.length && isHighSurrogate(this.#text, end - 1) ? end + 1 : end;
  }

  #draw(): void {
    const isComplete = !this.#isGrowing && this.#shown === this.#text.length;
    const isHalf = !isComplete && isHighSurrogate(this.#text, this.#shown - 1);
    const text = this.#text.slice(0, isHalf ? this.#shown - 1 : this.#shown);
    if (!this.#reader.tryUpdate(text, isComplete)) {
      this.#reader = this.#createReader();
      this.#reader.tryUpdate(text, isComplete);
    }

    drawBlocks(this.#container, this.#reader.blocks, this.#reader.takeChangedFrom(), this.#far);
    this.#isDone = isComplete;
    // A text that is whole changes no more: hundreds of messages need not be watched.
    if (isComplete) this.#visibility.disconnect();
    this.#say();
  }
}

function isHighSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdbff;
}
