import fc from 'fast-check';
import { expect, vi } from 'vitest';
import { HubClient, type RoomClient, type RoomUpdate } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

/** What may happen to one program that watches a room. `size` means something else for each. */
export interface Act {
  readonly what: (typeof acts)[number];
  readonly size: number;
}

const acts = [
  'append', 'append', 'append', 'cut', 'cut', 'complete', 'pass time', 'refuse connections', 'accept connections', 'another history',
  'another history in mid-stream', 'fall behind', 'snapshot in mid-stream', 'send twice', 'skip', 'send garbage', 'resume elsewhere', 'drain', 'storage fails', 'online', 'take',
] as const;

export const anyActs = fc.array(fc.record({ what: fc.constantFrom(...acts), size: fc.nat(8) }), { maxLength: 60 });

/** One room of a hub that sometimes lies, the program that watches it, and what that program was handed, compared with the log as it comes. */
export class FeedWorld {
  readonly #hub = new FakeHub();
  readonly #window = new EventTarget();
  readonly #room: RoomClient;
  /** What was wrong with what the program was handed. Callbacks and loops have no way to fail a test themselves. */
  readonly #wrongs: unknown[] = [];
  #histories = 1;
  #held = -1;
  #heldHistory = '';
  #mayTake = 0;
  #wantsMore: (() => void) | undefined;

  /** A slow program takes an update only when it is told to. */
  constructor(isSlow: boolean) {
    this.#hub.roomName = this.#hub.history;
    vi.stubGlobal('addEventListener', this.#window.addEventListener.bind(this.#window));
    const fetch = () => Promise.resolve(Response.json({ runs: [], next: null }));
    this.#room = new HubClient('http://hub.test', { connect: this.#hub.connect, fetch, maxBufferedEvents: 6 }).openRoom('r1', 'token');
    this.#room.onUpdate(update => {
      try {
        this.#check(update);
      } catch (error) {
        this.#wrongs.push(error);
      }
    });
    (isSlow ? this.#takeSlowly() : this.#room.open()).catch((error: unknown) => this.#wrongs.push(error));
  }

  async do({ what, size }: Act): Promise<void> {
    const hub = this.#hub;
    const last = hub.events.length;
    const said = (sequence: number) => ({ sequence, at: '', type: 'message', by: 'm1', data: { text: 'never said' } });
    switch (what) {
      case 'append':
        this.#append(size + 1);
        break;
      case 'cut':
        hub.current.cut();
        this.#append(size);
        break;
      case 'complete':
        hub.current.complete();
        break;
      case 'pass time':
        await vi.advanceTimersByTimeAsync(size * 1_000);
        break;
      case 'refuse connections':
        hub.startError = new Error('refused');
        break;
      case 'accept connections':
        hub.startError = undefined;
        break;
      case 'another history':
        this.#diverge(size);
        hub.current.cut();
        break;
      case 'another history in mid-stream':
        this.#diverge(size);
        hub.current.send(hub.snapshot('diverged'));
        break;
      case 'fall behind':
        hub.onWatch = connection => {
          hub.onWatch = undefined;
          connection.send(hub.snapshot('behind'));
        };
        hub.current.cut();
        break;
      case 'snapshot in mid-stream':
        hub.current.send(hub.snapshot('behind'));
        break;
      case 'send twice':
        if (last > 0)
          hub.current.send({ kind: 'events', cursor: hub.cursor, events: hub.events.slice(-size - 1) });
        break;
      case 'skip':
        hub.current.send({ kind: 'events', cursor: `${hub.history}:${last + size + 2}`, events: [said(last + size + 2)] });
        break;
      case 'send garbage':
        hub.current.send([null, { kind: 'events' }, { kind: 'snapshot', cursor: hub.cursor }, { kind: 'events', cursor: '', events: [{}] }][size % 4]);
        break;
      case 'resume elsewhere':
        hub.onWatch = (connection, cursor) => {
          hub.onWatch = undefined;
          const sequence = Number(cursor?.split(':')[1] ?? last) + size % 2;
          connection.send({ kind: 'resumed', cursor: `elsewhere:${sequence}` });
          connection.send({ kind: 'events', cursor: `elsewhere:${sequence + 1}`, events: [said(sequence + 1)] });
        };
        hub.current.cut();
        break;
      case 'drain':
        hub.current.call('Draining', size);
        break;
      case 'storage fails':
        hub.current.send({ kind: 'storage', cursor: hub.cursor, isAvailable: size % 2 === 0 });
        break;
      case 'online':
        this.#window.dispatchEvent(new Event(size % 2 === 0 ? 'online' : 'offline'));
        break;
      case 'take':
        this.#take(size);
        break;
    }

    await vi.advanceTimersByTimeAsync(0);
    expect(this.#wrongs).toEqual([]);
  }

  /** In the end everything works, the program takes what there is, and has all of it. */
  async end(): Promise<void> {
    this.#hub.startError = undefined;
    this.#hub.onWatch = undefined;
    this.#take(Infinity);
    await vi.advanceTimersByTimeAsync(60_000);
    this.#append(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(this.#wrongs).toEqual([]);
    expect(this.#room.connectionState).toBe('live');
    expect([this.#heldHistory, this.#held]).toEqual([this.#hub.history, this.#hub.events.length]);
    expect(this.#room.state?.messages).toEqual((this.#hub.snapshot() as { messages: unknown }).messages);
    expect(this.#hub.connections.filter(connection => connection.isOpen)).toHaveLength(1);
  }

  close(): void {
    this.#room.close();
    this.#take(Infinity);
  }

  #append(count: number): void {
    const from = this.#hub.events.length + 1;
    this.#hub.append(...Array.from({ length: count }, (_, i) => ({ data: { text: `${this.#hub.history}/${from + i}` } })));
  }

  /** The log without its last events, which goes on by others. */
  #diverge(lost: number): void {
    this.#hub.history = this.#hub.roomName = `h${++this.#histories}`;
    this.#hub.events.splice(Math.max(0, this.#hub.events.length - lost));
  }

  /** A snapshot says by its room's name of which history it is, and by its newest message how far it reaches. */
  #check(update: RoomUpdate): void {
    if (update.kind === 'snapshot') {
      this.#heldHistory = update.state.room.name;
      this.#held = update.state.messages.at(-1)?.sequence ?? 0;
    } else if (update.kind === 'events') {
      for (const event of update.events) {
        expect(event.sequence).toBe(++this.#held);
        expect(event.data.text).not.toBe('never said');
      }
    }
  }

  #take(count: number): void {
    this.#mayTake += count;
    this.#wantsMore?.();
  }

  async #takeSlowly(): Promise<void> {
    for await (const update of this.#room.watch()) {
      expect(update.kind).toBeTypeOf('string');
      while (this.#mayTake < 1)
        await new Promise<void>(resolve => { this.#wantsMore = resolve; });
      this.#mayTake--;
    }
  }
}
