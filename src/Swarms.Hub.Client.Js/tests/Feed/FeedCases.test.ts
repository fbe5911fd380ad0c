import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubClient, HubClientError, type RoomClient, type RoomWatching } from '../../src/index.js';
import { namesOf, readCase } from '../CaseFile.js';
import { type FakeConnection, FakeHub } from '../FakeHub.js';
import { CaseProgram, type Handed } from './CaseProgram.js';

/** One file of tests/protocol-cases/feed; the README there says what the fields mean. */
interface FeedCase {
  readonly name: string;
  readonly program?: 'waits';
  readonly maxBufferedEvents?: number;
  readonly steps: readonly Step[];
  readonly state?: object;
}

type Step = Readonly<
  Partial<{
    watched: string | null;
    sends: readonly unknown[];
    announces: {
      readonly room: string;
      readonly viewers: number;
      readonly members?: Readonly<Record<string, number>>;
      readonly left?: readonly string[];
    };
    tells: RoomWatching & { readonly room: string };
    drains: number;
    refuses: { readonly code: string; readonly message: string };
    closes: { readonly code: number; readonly reason: string };
    shuts: { readonly status: number; readonly code?: string; readonly message?: string; readonly retryAfter?: number };
    program: 'watches' | 'stops' | 'closes';
    handed: readonly Handed[];
    queued: string;
    shows: string;
    ends: { readonly code: string; readonly message: string } | null;
    completes: true;
    cuts: true;
    silences: true;
    network: 'offline' | 'online';
    left: true;
    opens: true;
    returns: true;
  }>
>;

const serverTimeout = 8_000;
const cases = namesOf('feed');

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('Every case of the feed', () => {
  it('is there', () => expect(cases.length).toBeGreaterThan(50));

  it.each(cases)('%s goes as it says', async file => {
    const { name, program, maxBufferedEvents, steps, state } = readCase('feed', file) as FeedCase;
    expect(name).toBe(file);
    const conversation = new Conversation(program === 'waits', maxBufferedEvents);
    try {
      for (const step of steps) await conversation.take(step);

      await conversation.finish(state);
    } finally {
      conversation.close();
    }
  });
});

/** A case under way: the hub, the program and what each has done. */
class Conversation {
  readonly #hub = new FakeHub();
  readonly #window = new EventTarget();
  readonly #client: HubClient;
  readonly #room: RoomClient;
  readonly #program: CaseProgram;
  readonly #watched: { readonly connection: FakeConnection; readonly cursor: string | null }[] = [];
  #answer = () => Response.json({ runs: [], next: null });
  #current: FakeConnection | undefined;

  constructor(waits: boolean, maxBufferedEvents: number | undefined) {
    vi.stubGlobal('addEventListener', this.#window.addEventListener.bind(this.#window));
    this.#hub.onWatch = (connection, cursor) => this.#watched.push({ connection, cursor });
    this.#client = new HubClient('http://hub.test', {
      connect: this.#hub.connect,
      fetch: () => Promise.resolve(this.#answer()),
      ...(maxBufferedEvents === undefined ? {} : { maxBufferedEvents }),
    });
    this.#room = this.#client.openRoom('room1', 'token');
    this.#program = new CaseProgram(this.#room, waits);
  }

  async take(step: Step): Promise<void> {
    if (step.watched !== undefined) {
      const { connection, cursor } = await this.#until(() => this.#watched.shift());
      expect(cursor).toBe(step.watched);
      this.#current = connection;
    } else if (step.handed) for (const expected of step.handed) this.#compare(await this.#until(() => this.#program.take()), expected);
    else if (step.queued !== undefined) await this.#until(() => this.#room.watched?.cursor === step.queued || undefined);
    else if (step.shows !== undefined) await this.#until(() => this.#room.connectionState === step.shows || undefined);
    else if (step.left) await this.#until(() => this.#current?.isClosed === true || undefined);
    else if (step.ends !== undefined) {
      const { error } = await this.#until(() => this.#program.end);
      if (step.ends === null) expect(error).toBeUndefined();
      else expect(error).toMatchObject(step.ends);
    } else this.#do(step);
  }

  /** Nothing else was handed over, and no other connection was made. */
  async finish(state: object | undefined): Promise<void> {
    await vi.advanceTimersByTimeAsync(0);
    expect(this.#program.rest).toEqual([]);
    expect(this.#watched).toEqual([]);
    if (state) expect(JSON.parse(JSON.stringify(this.#room.state))).toEqual(state);
  }

  close(): void {
    this.#client.close();
  }

  #do(step: Step): void {
    if (step.sends) step.sends.forEach(frame => this.#current!.send(frame));
    else if (step.announces) {
      const { room, members = {}, ...presence } = step.announces;
      const named = Object.entries(members).map(([id, connections]) => ({ id, connections }));
      this.#current!.call('PresenceChanged', room, { ...presence, members: named });
    } else if (step.tells) this.#current!.call('WatchingChanged', step.tells.room, { members: step.tells.members });
    else if (step.drains !== undefined) this.#current!.call('Draining', step.drains);
    else if (step.completes) this.#current!.complete();
    else if (step.refuses) this.#current!.fail(`${step.refuses.code}: ${step.refuses.message}`);
    else if (step.closes) this.#current!.closeWith(step.closes.code, step.closes.reason);
    else if (step.cuts) this.#current!.cut();
    else if (step.silences) this.#current!.fallSilent(serverTimeout);
    else if (step.network) {
      vi.stubGlobal('navigator', { onLine: step.network === 'online' });
      this.#window.dispatchEvent(new Event(step.network));
    } else if (step.shuts) this.#shut(step.shuts);
    else if (step.opens) this.#hub.startError = undefined;
    else if (step.program === 'watches') this.#program.watch();
    else if (step.program === 'stops') this.#program.stop();
    else if (step.program === 'closes') this.#room.close();
    else if (step.returns) this.#program.comeBack();
    else throw new Error(`Nobody knows the step ${JSON.stringify(step)}.`);
  }

  #shut({ status, code, message, retryAfter }: NonNullable<Step['shuts']>): void {
    this.#hub.startError = new Error('WebSocket failed to connect.');
    const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
    this.#answer = () =>
      code === undefined ? new Response('<html>', { status }) : Response.json({ code, detail: message }, { status, headers });
  }

  #compare(handed: Handed, expected: Handed): void {
    const { message, ...rest } = handed;
    expect('message' in expected ? handed : rest).toEqual(expected);
    if ('code' in expected) expect(message).toBeTypeOf('string');
  }

  /** Lets time pass until there is something. */
  async #until<T>(find: () => T | undefined): Promise<T> {
    for (let milliseconds = 0; milliseconds < 120_000; milliseconds += 100) {
      const found = find();
      if (found !== undefined) return found;

      await vi.advanceTimersByTimeAsync(milliseconds === 0 ? 0 : 100);
    }

    throw new HubClientError('timeout', `It did not come to that. Before: ${JSON.stringify(this.#program.rest)}`);
  }
}
