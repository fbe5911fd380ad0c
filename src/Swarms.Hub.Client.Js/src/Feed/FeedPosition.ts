import { RoomCursor } from '../Protocol/Feed/RoomCursor.js';
import type { RoomEvent } from '../Protocol/Feed/RoomEvent.js';
import type { RoomFrame, StorageFrame } from '../Protocol/Feed/RoomFrame.js';

/** A frame of the log: what moves the cursor. */
export type LogFrame = Exclude<RoomFrame, StorageFrame>;

/** How far the log was queued for one program, and so what may come next. Called by the feed's loop only. */
export class FeedPosition {
  readonly #isOfEmbed: boolean;
  #lastSequence: number | undefined;
  #head: number | undefined;
  #cursor: string | null = null;

  /** The position in a feed; in that of an embed, which leaves events of others out, sequences only grow. */
  constructor(isOfEmbed = false) {
    this.#isOfEmbed = isOfEmbed;
  }

  /** The cursor to resume with; null: ask for a snapshot. */
  get cursor(): string | null {
    return this.#cursor;
  }

  /** All that was missed is queued; also where that is not known, because the hub did not say what its head was. */
  get isCaughtUp(): boolean {
    return this.#lastSequence === undefined || this.#head === undefined || this.#lastSequence >= this.#head;
  }

  /** The next stream begins with a snapshot. */
  forget(): void {
    this.#cursor = null;
  }

  /** Moves to the frame's cursor; false, and moves nothing, where it does not continue what was queued before. */
  moveTo(frame: LogFrame, isFirst: boolean): boolean {
    switch (frame.kind) {
      case 'snapshot':
        this.#lastSequence = RoomCursor.tryParse(frame.cursor)?.sequence;
        this.#head = undefined;
        break;
      case 'resumed':
        if (!isFirst || frame.cursor !== this.#cursor) return false;

        this.#head = frame.head;
        break;
      case 'events':
        if (isFirst || !this.#areNext(frame.events)) return false;

        this.#lastSequence = frame.events.at(-1)!.sequence;
        break;
    }

    this.#cursor = frame.cursor;
    return true;
  }

  #areNext(events: readonly RoomEvent[]): boolean {
    if (this.#isOfEmbed) return this.#areLater(events);

    const first = this.#lastSequence === undefined ? events[0]?.sequence : this.#lastSequence + 1;
    return first !== undefined && events.length > 0 && events.every((event, i) => event.sequence === first + i);
  }

  #areLater(events: readonly RoomEvent[]): boolean {
    return events.length > 0 && events.every((event, i) => event.sequence > (events[i - 1]?.sequence ?? this.#lastSequence ?? 0));
  }
}
