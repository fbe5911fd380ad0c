/** Calls a program's functions. One that throws disturbs neither the others nor the watch. */
export class Callbacks<T extends unknown[]> {
  readonly #callbacks = new Set<(...args: T) => unknown>();

  get isEmpty(): boolean {
    return this.#callbacks.size === 0;
  }

  /** Returns what takes the function out again. */
  add(callback: (...args: T) => unknown): () => void {
    this.#callbacks.add(callback);
    return () => void this.#callbacks.delete(callback);
  }

  /** Calls each. An error, also that of a promise that a function returned, goes to `onError`. */
  call(args: T, onError: Callbacks<[unknown]>): void {
    for (const callback of this.#callbacks) {
      try {
        const result = callback(...args);
        if (result instanceof Promise)
          result.catch((error: unknown) => report(error, onError));
      } catch (error) {
        report(error, onError);
      }
    }
  }

  /** Calls each with an error. One that throws itself is thrown out of band. */
  tell(...args: T): void {
    for (const callback of this.#callbacks) {
      try {
        callback(...args);
      } catch (error) {
        throwOutOfBand(error);
      }
    }
  }
}

/** Tells the program; an error of which it does not want to know, or whose telling fails, is thrown out of band. */
function report(error: unknown, onError: Callbacks<[unknown]>): void {
  if (onError.isEmpty)
    throwOutOfBand(error);
  else
    onError.tell(error);
}

/** As an event listener of the platform would: to the handlers of uncaught errors. */
function throwOutOfBand(error: unknown): void {
  queueMicrotask(() => { throw error; });
}
