/**
 * What a connection has received and the feed has not read yet: frames, and calls of the hub, which are made between the frames in the
 * order in which they came. Iterated once.
 */
export class Inbox<T> implements AsyncIterable<T> {
  readonly #items: ({ readonly frame: T } | { readonly call: () => void })[] = [];
  #isComplete = false;
  #failure: { readonly error: unknown } | undefined;
  #onChange: (() => void) | undefined;

  push(frame: T): void {
    this.#items.push({ frame });
    this.#onChange?.();
  }

  call(call: () => void): void {
    this.#items.push({ call });
    this.#onChange?.();
  }

  complete(): void {
    this.#isComplete = true;
    this.#onChange?.();
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    this.complete();
  }

  /** Ends at once, without an error: nobody wants the rest. */
  discard(): void {
    this.#items.length = 0;
    this.#failure = undefined;
    this.complete();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      for (let item = this.#items.shift(); item; item = this.#items.shift()) {
        if ('call' in item)
          item.call();
        else
          yield item.frame;
      }

      if (this.#failure)
        throw this.#failure.error;

      if (this.#isComplete)
        return;

      await new Promise<void>(resolve => { this.#onChange = resolve; });
    }
  }
}
