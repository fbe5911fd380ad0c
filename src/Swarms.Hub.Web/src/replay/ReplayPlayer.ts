import type { RoomSnapshot, RoomState, SnapshotFrame } from 'swarms-hub-client';
import { SnapshotReasons } from 'swarms-hub-client';
import { steps, type Mark } from './marks';
import { countUntil, longestPause, placesOf } from './pace';
import type { RoomTape } from './RoomTape';

export const speeds = [0.5, 1, 2, 4, 8, 16] as const;

/** A replay as it stands; a new object after each change. */
export interface Playing {
  /** The room at that moment, by the client's own fold. */
  readonly room: Pick<RoomSnapshot, 'room' | 'members' | 'formerMembers' | 'runs' | 'messages' | 'groups' | 'agents'>;
  /** The sequence of the last event that is shown. */
  readonly at: number;
  /** When that was, in milliseconds since 1970. */
  readonly time: number;
  /** Milliseconds from the start, at the chosen pace of pauses. */
  readonly place: number;
  readonly length: number;
  readonly isPlaying: boolean;
  readonly speed: number;
  readonly skipsPauses: boolean;
}

/** Plays a tape that has been read, or the part of it in which one run is. `tick` is called for each frame of the screen. */
export class ReplayPlayer {
  readonly first: number;
  readonly last: number;
  readonly #tape: RoomTape;
  readonly #truePlaces: readonly number[];
  readonly #shortPlaces: readonly number[];
  readonly #listeners = new Set<() => void>();
  #places: readonly number[];
  #state: RoomState | undefined;
  #at = 0;
  #place = 0;
  #isPlaying = false;
  #speed = 1;
  #lastTick: number | undefined;
  #moves = 0;
  #isFetching = false;
  #shown: Playing | undefined;

  constructor(tape: RoomTape, run?: string) {
    this.#tape = tape;
    const { runs, times } = tape.index;
    this.first = run === undefined ? 1 : Math.max(0, runs.indexOf(run)) + 1;
    this.last = run === undefined ? times.length : Math.max(this.first, runs.lastIndexOf(run) + 1);
    const part = times.slice(this.first - 1, this.last);
    this.#truePlaces = placesOf(part);
    this.#shortPlaces = placesOf(part, longestPause);
    this.#places = this.#truePlaces;
  }

  /** The place of each event between `first` and `last`. */
  get places(): readonly number[] {
    return this.#places;
  }

  /** Undefined until the first `seek` has arrived. */
  readonly get = (): Playing | undefined => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Plays on, from the start where it is at its end. */
  async play(): Promise<void> {
    if (this.#at >= this.last) await this.seek(this.first);
    this.#isPlaying = true;
    this.#lastTick = undefined;
    this.#show();
  }

  pause(): void {
    this.#isPlaying = false;
    this.#show();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#show();
  }

  setSkipsPauses(skips: boolean): void {
    this.#places = skips ? this.#shortPlaces : this.#truePlaces;
    this.#place = this.#placeOf(this.#at);
    this.#show();
  }

  /** Goes to the moment after an event. A later move overtakes one that still waits for the hub. */
  async seek(sequence: number): Promise<void> {
    const target = Math.min(this.last, Math.max(this.first, sequence));
    const move = ++this.#moves;
    const isNear = this.#state !== undefined && target >= this.#at;
    const events = isNear ? this.#tape.peek(this.#at, target) : undefined;
    if (events) for (const event of events) this.#state?.apply(event);
    else {
      const state = await this.#tape.stateAt(target);
      if (move !== this.#moves) return;

      this.#state = state;
    }

    this.#at = target;
    this.#place = this.#placeOf(target);
    this.#lastTick = undefined;
    this.#show();
  }

  /** Goes to a place on the scrubber, in milliseconds from its start. */
  seekPlace(place: number): Promise<void> {
    return this.seek(this.first - 1 + countUntil(this.#places, place));
  }

  /** Returns the next event of these kinds, or the one before; undefined where there is none. */
  find(direction: 1 | -1, kinds: readonly Mark[] = steps): number | undefined {
    const { marks } = this.#tape.index;
    for (let at = this.#at + direction; at >= this.first && at <= this.last; at += direction) if (kinds.includes(marks[at - 1]!)) return at;

    return undefined;
  }

  /** Moves on by the time since the last tick. `now` is in milliseconds. */
  tick(now: number): void {
    const elapsed = this.#lastTick === undefined ? 0 : Math.max(0, now - this.#lastTick);
    this.#lastTick = now;
    if (!this.#isPlaying || this.#isFetching || !this.#state) return;

    const length = this.#places.at(-1) ?? 0;
    const place = Math.min(length, this.#place + elapsed * this.#speed);
    const at = this.first - 1 + countUntil(this.#places, place);
    const events = this.#tape.peek(this.#at, at);
    if (!events) {
      this.#wait(at);
      return;
    }

    for (const event of events) this.#state.apply(event);
    this.#at = Math.max(this.#at, at);
    this.#place = place;
    if (this.#at >= this.last) this.#isPlaying = false;
    this.#show();
  }

  /** The clock stands until the page is there. Where the hub cannot be reached, the replay stands still. */
  #wait(at: number): void {
    this.#isFetching = true;
    this.#tape
      .fetch(this.#at, at)
      .catch(() => this.pause())
      .finally(() => {
        this.#isFetching = false;
        this.#lastTick = undefined;
      });
  }

  #placeOf(sequence: number): number {
    return this.#places[sequence - this.first] ?? 0;
  }

  #show(): void {
    if (!this.#state) return;

    const room: SnapshotFrame = this.#state.toSnapshot('', SnapshotReasons.first);
    this.#shown = {
      room,
      at: this.#at,
      time: this.#tape.index.times[this.#at - 1] ?? 0,
      place: this.#place,
      length: this.#places.at(-1) ?? 0,
      isPlaying: this.#isPlaying,
      speed: this.#speed,
      skipsPauses: this.#places === this.#shortPlaces,
    };
    for (const listener of this.#listeners) listener();
  }
}
