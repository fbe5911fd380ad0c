/** Some functions to call. One that throws disturbs neither the others nor the caller: its error is the program's to see. */
export class Callbacks<T extends unknown[]> {
  readonly #callbacks = new Set<(...args: T) => void>();

  /** Returns what takes the function out again. */
  add(callback: (...args: T) => void): () => void {
    this.#callbacks.add(callback);
    return () => void this.#callbacks.delete(callback);
  }

  call(...args: T): void {
    for (const callback of this.#callbacks) {
      try {
        callback(...args);
      } catch (error) {
        queueMicrotask(() => { throw error; });
      }
    }
  }
}
