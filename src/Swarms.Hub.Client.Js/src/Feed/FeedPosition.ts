import { sequenceOf } from '../Protocol/RoomCursor.js';
import type { RoomEvent } from '../Protocol/RoomEvent.js';
import type { RoomFrame, StorageFrame } from '../Protocol/RoomFrame.js';

/** A frame of the log: what moves the cursor. */
export type LogFrame = Exclude<RoomFrame, StorageFrame>;

/** How far one program has been handed the log, and so what may come next. */
export class FeedPosition {
  #cursor: string | null = null;
  #lastSequence: number | null = null;
  #head: number | undefined;

  /** What to resume with; null: ask for a snapshot. */
  get cursor(): string | null {
    return this.#cursor;
  }

  /** All that was missed was handed over; also where that is not known, because the hub did not say what its head was. */
  get isCaughtUp(): boolean {
    return this.#lastSequence === null || this.#head === undefined || this.#lastSequence >= this.#head;
  }

  /** The next stream begins with a snapshot. */
  forget(): void {
    this.#cursor = null;
  }

  /** Moves to the frame's cursor; false, and moves nothing, where it does not continue what was handed over. */
  moveTo(frame: LogFrame, isFirst: boolean): boolean {
    switch (frame.kind) {
      case 'snapshot':
        if (!frame.room)
          return false;
        this.#lastSequence = sequenceOf(frame.cursor);
        this.#head = undefined;
        break;
      case 'resumed':
        if (!isFirst || this.#cursor === null || frame.cursor !== this.#cursor)
          return false;
        this.#head = frame.head;
        break;
      case 'events':
        if (isFirst || !continues(frame.events, this.#lastSequence))
          return false;
        this.#lastSequence = frame.events.at(-1)!.sequence;
        break;
      default:
        return false;
    }

    this.#cursor = frame.cursor;
    return true;
  }
}

function continues(events: readonly RoomEvent[], last: number | null): boolean {
  const first = last === null ? events[0]?.sequence : last + 1;
  return first !== undefined && events.length > 0 && events.every((event, i) => event.sequence === first + i);
}
