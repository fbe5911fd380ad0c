import { EventTypes, RoomState, SnapshotReasons, type Room, type RoomClient, type RoomEvent, type SnapshotFrame } from 'swarms-hub-client';
import { markOf, type Mark } from './marks';

/** A page of the log, which is also the distance of two keyframes: so many events at most are folded for a step back. */
const pageLength = 1000;
/** So many pages of events are kept. Others are fetched again. */
const mostPages = 40;

interface TapePage {
  /** The sequence before its first event. */
  readonly after: number;
  /** The room before its first event. */
  readonly keyframe: SnapshotFrame;
}

/** What the scrubber must know of each event, by its sequence less one. */
export interface TapeIndex {
  /** When it was, in milliseconds since 1970. A clock that went back stands still. */
  readonly times: readonly number[];
  readonly marks: readonly Mark[];
  readonly runs: readonly (string | undefined)[];
  /** The group of a vote or a reveal. */
  readonly groups: ReadonlyMap<number, string>;
}

/**
 * A room's log for a replay. It is read once from its beginning, page by page; then each moment is a keyframe and at most one page of
 * events. It knows what hosts hid or members removed since: a replay shows none of that.
 */
export class RoomTape {
  readonly #client: Pick<RoomClient, 'listEvents'>;
  readonly #pages: TapePage[] = [];
  readonly #events = new Map<number, readonly RoomEvent[]>();
  readonly #hidden = new Set<string>();
  readonly #removed = new Set<string>();
  readonly #shownFrom = new Map<number, number>();
  readonly #times: number[] = [];
  readonly #marks: Mark[] = [];
  readonly #runs: (string | undefined)[] = [];
  readonly #groups = new Map<number, string>();
  readonly #onEvent: ((event: RoomEvent) => void) | undefined;
  #state: RoomState;

  /** `onEvent` is called with each event as the log is read. */
  constructor(client: Pick<RoomClient, 'listEvents'>, room: Room, onEvent?: (event: RoomEvent) => void) {
    this.#client = client;
    this.#state = new RoomState({ id: room.id, name: '', createdAt: room.createdAt });
    this.#onEvent = onEvent;
  }

  /** The sequence of the last event. */
  get head(): number {
    return this.#times.length;
  }

  get index(): TapeIndex {
    return { times: this.#times, marks: this.#marks, runs: this.#runs, groups: this.#groups };
  }

  /** The runs that are hidden now. */
  get hidden(): ReadonlySet<string> {
    return this.#hidden;
  }

  /** The runs that are removed now. */
  get removed(): ReadonlySet<string> {
    return this.#removed;
  }

  /** The messages with a text that is gone now: the sequence from which on there is one, of the last edit. Removed ones have none. */
  get shownFrom(): ReadonlyMap<number, number> {
    return this.#shownFrom;
  }

  /** Reads the log to its end. `onProgress` is told how many events there are so far. */
  async read(onProgress: (count: number) => void, signal: AbortSignal): Promise<void> {
    for (;;) {
      const after = this.head;
      const { events } = await this.#client.listEvents(String(after), pageLength);
      if (signal.aborted || events.length === 0) return;

      this.#pages.push({ after, keyframe: this.#state.toSnapshot('', SnapshotReasons.first) });
      this.#keep(after, events);
      for (const event of events) this.#add(event);
      onProgress(this.head);
    }
  }

  /** Learns of what was taken back while the replay is open. */
  learn({ type, data, run, sequence }: RoomEvent): void {
    const target = typeof data['run'] === 'string' ? data['run'] : (run ?? '');
    if (type === EventTypes.runHidden) this.#hidden.add(target);
    else if (type === EventTypes.runShown) this.#hidden.delete(target);
    else if (type === EventTypes.runRemoved) this.#removed.add(target);
    else if (typeof data['target'] !== 'number') return;
    else if (type === EventTypes.messageEdited) this.#shownFrom.set(data['target'], sequence);
    else if (type === EventTypes.messageRemoved) this.#shownFrom.set(data['target'], Number.POSITIVE_INFINITY);
  }

  /** Returns the room as it was after an event; before the first, with 0. */
  async stateAt(sequence: number): Promise<RoomState> {
    const at = this.#pages.findLastIndex(page => page.after <= sequence);
    const page = this.#pages[Math.max(0, at)];
    if (!page) return this.#state;

    const state = new RoomState(page.keyframe);
    for (const event of await this.#eventsOf(page.after)) {
      if (event.sequence > sequence) break;

      state.apply(event);
    }

    return state;
  }

  /** Returns the events between two sequences, without the first and with the last; undefined while they must be fetched. */
  peek(after: number, to: number): RoomEvent[] | undefined {
    const found: RoomEvent[] = [];
    for (let at = this.#pageOf(after + 1); at < this.#pages.length && this.#pages[at]!.after < to; at++) {
      const events = this.#events.get(this.#pages[at]!.after);
      if (!events) return undefined;

      for (const event of events) if (event.sequence > after && event.sequence <= to) found.push(event);
    }

    return found;
  }

  /** Fetches what `peek` lacks. */
  async fetch(after: number, to: number): Promise<void> {
    for (let at = this.#pageOf(after + 1); at < this.#pages.length && this.#pages[at]!.after < to; at++)
      await this.#eventsOf(this.#pages[at]!.after);
  }

  #pageOf(sequence: number): number {
    return Math.max(
      0,
      this.#pages.findLastIndex(page => page.after < sequence),
    );
  }

  #add(event: RoomEvent): void {
    const before = this.#times.at(-1) ?? Number.NEGATIVE_INFINITY;
    const time = Date.parse(event.at);
    this.#times.push(Number.isNaN(time) ? Math.max(before, 0) : Math.max(before, time));
    this.#marks.push(markOf(event));
    this.#runs.push(event.run);
    const { group } = event.data;
    if (event.run === undefined && typeof group === 'string') this.#groups.set(event.sequence, group);
    this.learn(event);
    this.#state.apply(event);
    this.#onEvent?.(event);
  }

  async #eventsOf(after: number): Promise<readonly RoomEvent[]> {
    const held = this.#events.get(after);
    if (held) {
      // It is the newest used now.
      this.#events.delete(after);
      this.#events.set(after, held);
      return held;
    }

    const next = this.#pages.find(page => page.after > after)?.after ?? this.head;
    const events: RoomEvent[] = [];
    while (after + events.length < next) {
      const page = await this.#client.listEvents(String(after + events.length), Math.min(pageLength, next - after - events.length));
      if (page.events.length === 0) break;

      events.push(...page.events);
    }

    this.#keep(after, events);
    return events;
  }

  #keep(after: number, events: readonly RoomEvent[]): void {
    this.#events.set(after, events);
    const oldest = this.#events.keys().next().value;
    if (this.#events.size > mostPages && oldest !== undefined) this.#events.delete(oldest);
  }
}
