/** Keeps what was selected while it is asked for again, and while the next is equal. */
export class Selection<TState, T> {
  #state: TState | undefined;
  #select: ((state: TState) => T) | undefined;
  #value: T | undefined;

  /** Returns what is selected from the state; undefined without a state. The same value for the same question. */
  of(state: TState | undefined, select: (state: TState) => T, isEqual: (one: T, other: T) => boolean): T | undefined {
    if (state === this.#state && select === this.#select) return this.#value;

    const next = state === undefined ? undefined : select(state);
    const isKept = this.#value !== undefined && next !== undefined && isEqual(this.#value, next);
    if (!isKept) this.#value = next;
    this.#state = state;
    this.#select = select;
    return this.#value;
  }
}
