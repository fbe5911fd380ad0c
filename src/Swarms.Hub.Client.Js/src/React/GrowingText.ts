import type { Run } from '../Protocol/Runs/Run.js';

/** The text of a run as it grows, for code that draws it without React. */
export interface GrowingText {
  /** When it last grew while it was watched here, by this device's clock; undefined if it did not. */
  readonly grownAt: number | undefined;
  /** The text so far. Empty where the room holds none. */
  readonly get: () => string;
  /** Watches the room, and calls back after each growth, until the returned function is called. */
  readonly subscribe: (onGrow: () => void) => () => void;
}

/** One run's text, or that of one of its agents. The room's store looks at it after each change. */
export class RunText implements GrowingText {
  readonly #find: () => Run | undefined;
  readonly #hold: () => () => void;
  readonly #agent: string | null | undefined;
  readonly #listeners = new Set<() => void>();
  #text: string;
  grownAt: number | undefined;

  constructor(find: () => Run | undefined, hold: () => () => void, agent: string | null | undefined) {
    this.#find = find;
    this.#hold = hold;
    this.#agent = agent;
    this.#text = this.#read() ?? '';
  }

  readonly get = (): string => this.#text;

  readonly subscribe = (onGrow: () => void): (() => void) => {
    // Each caller is a listener of its own, also where two give the same function.
    const listener = () => onGrow();
    this.#listeners.add(listener);
    const letGo = this.#hold();
    return () => {
      if (this.#listeners.delete(listener)) letGo();
    };
  };

  look(): void {
    // A room forgets the texts of old runs. A text that is shown stays.
    const text = this.#read() ?? this.#text;
    if (text === this.#text) return;

    this.#text = text;
    this.grownAt = Date.now();
    for (const onGrow of this.#listeners) onGrow();
  }

  #read(): string | undefined {
    const run = this.#find();
    // A removed text must not stay here either.
    if (run?.removedAt !== undefined) return '';

    return this.#agent === undefined ? run?.text : run?.parts?.find(part => part.agent === this.#agent)?.text;
  }
}
