import { type FeedItem, isPresence, weightOf } from './FeedItem.js';

/**
 * Holds the updates that the program has not taken yet. Written by the feed's loop and SignalR's callbacks, read by the program's loop. It
 * takes every item, and the feed keeps the bound: while `hasRoom` is false it lets go of its stream and opens no other. So this holds at
 * most its bound, the frame that exceeded it, and the newest presence. Of presence only the newest waits at the end of the queue, because
 * it is the whole picture and comes also where nothing else does. Nothing else is ever replaced. Next: `RoomWatch`.
 */
export class UpdateQueue {
  readonly #maxEvents: number;
  readonly #items: FeedItem[] = [];
  #held = 0;
  #taken = 0;
  #isComplete = false;
  #onItem: (() => void) | undefined;
  #onEmptied: (() => void)[] = [];

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  /** False: the feed must bring no more for now. */
  get hasRoom(): boolean {
    return this.#held < this.#maxEvents;
  }

  /** Adds an item. */
  write(item: FeedItem): void {
    const last = this.#items.at(-1);
    if (last && isPresence(item) && isPresence(last)) {
      this.#items.splice(-1, 1, item);
      return;
    }

    this.#held += weightOf(item);
    this.#items.push(item);
    this.#onItem?.();
  }

  /** No more will come; the items that are held can still be taken. */
  complete(): void {
    this.#isComplete = true;
    this.#onItem?.();
  }

  /** Waits until the program has taken everything and come back for more. */
  waitUntilEmpty(): Promise<void> {
    return this.#held === 0 ? Promise.resolve() : new Promise(resolve => this.#onEmptied.push(resolve));
  }

  /**
   * The next item; undefined when there will be none. The one that was taken before counts until this is called again. One caller at a
   * time.
   */
  async take(): Promise<FeedItem | undefined> {
    this.#release();
    while (this.#items.length === 0) {
      if (this.#isComplete)
        return undefined;

      await new Promise<void>(resolve => { this.#onItem = resolve; });
    }

    const item = this.#items.shift()!;
    this.#taken = weightOf(item);
    return item;
  }

  #release(): void {
    this.#held -= this.#taken;
    this.#taken = 0;
    if (this.#held === 0)
      this.#onEmptied.splice(0).forEach(resolve => resolve());
  }
}
