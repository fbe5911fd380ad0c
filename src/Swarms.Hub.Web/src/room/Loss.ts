import type { RoomSnapshot } from 'swarms-hub-client';
import { countWords } from '../shared/countWords';

/** The growth that a viewer has not seen, because the connection was lost. */
export interface Missed {
  readonly milliseconds: number;
  /** Runs that began meanwhile. */
  readonly runs: number;
  readonly words: number;
  readonly messages: number;
  /** The first run with something new. */
  readonly firstRun: string | undefined;
}

/** The contents of the room when the connection was lost. */
export class Loss {
  readonly at = Date.now();
  readonly #lengths: ReadonlyMap<string, number>;
  readonly #lastMessage: number;

  constructor(state: RoomSnapshot) {
    this.#lengths = new Map(state.runs.map(run => [run.id, run.text?.length ?? 0]));
    this.#lastMessage = state.messages.at(-1)?.sequence ?? 0;
  }

  /** Returns what is new since, with what was missed before and is not dismissed; undefined if nothing is. */
  missed(state: RoomSnapshot, before: Missed | undefined): Missed | undefined {
    const changed = state.runs.filter(run => (run.text?.length ?? 0) > (this.#lengths.get(run.id) ?? -1));
    const words = changed.reduce((sum, run) => sum + countWords(run.text ?? '', this.#lengths.get(run.id) ?? 0), 0);
    const runs = changed.filter(run => !this.#lengths.has(run.id)).length;
    const messages = state.messages.filter(message => message.sequence > this.#lastMessage).length;
    if (runs + words + messages === 0) return before;

    return {
      milliseconds: Date.now() - this.at + (before?.milliseconds ?? 0),
      runs: runs + (before?.runs ?? 0),
      words: words + (before?.words ?? 0),
      messages: messages + (before?.messages ?? 0),
      firstRun: before?.firstRun ?? changed[0]?.id,
    };
  }
}
