import { RoomState, type RoomEvent } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { RoomTape } from '../../src/replay/RoomTape';
import { hubOf, makeLog, room } from './log';

const signal = new AbortController().signal;

async function tapeOf(events: readonly RoomEvent[]) {
  const hub = hubOf(events);
  const tape = new RoomTape(hub.client, room);
  await tape.read(() => undefined, signal);
  return { tape, ...hub };
}

describe('A tape', () => {
  it('has the room at each moment, as a fold from the beginning has it', async () => {
    const events = makeLog(2500);
    const { tape } = await tapeOf(events);
    for (const sequence of [0, 1, 5, 999, 1000, 1001, 2000, 2400, events.length]) {
      const folded = new RoomState({ id: room.id, name: '', createdAt: room.createdAt });
      for (const event of events.slice(0, sequence)) folded.apply(event);
      expect((await tape.stateAt(sequence)).toSnapshot('', 'first')).toEqual(folded.toSnapshot('', 'first'));
    }
  });

  it('reads the log once, and fetches again only what it let go', async () => {
    const events = makeLog(42_000);
    const { tape, asked } = await tapeOf(events);
    const reads = asked.length;
    await tape.stateAt(events.length - 1);
    expect(asked.length).toBe(reads);
    expect(tape.peek(0, 10)).toBeUndefined();
    await tape.fetch(0, 10);
    expect(asked.slice(reads)).toEqual([0]);
    expect(tape.peek(0, 10)?.map(event => event.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('knows what was taken back, in the log and while it is open', async () => {
    const { tape } = await tapeOf(makeLog(3));
    expect([...tape.hidden]).toEqual(['two']);
    expect(tape.shownFrom.get(3)).toBe(5);
    const event = (type: string, data: Record<string, unknown>) => ({ sequence: 99, at: room.createdAt, type, data });
    tape.learn(event('run.shown', { run: 'two' }));
    tape.learn(event('run.removed', { run: 'one' }));
    tape.learn(event('message.removed', { target: 4 }));
    expect([...tape.hidden]).toEqual([]);
    expect([...tape.removed]).toEqual(['one']);
    expect(tape.shownFrom.get(4)).toBe(Number.POSITIVE_INFINITY);
  });

  it('reads on where a reading was broken off', async () => {
    const events = makeLog(1500);
    const { client } = hubOf(events);
    const tape = new RoomTape(client, room);
    const reading = new AbortController();
    await tape.read(() => reading.abort(), reading.signal);
    expect(tape.head).toBe(1000);
    await tape.read(() => undefined, signal);
    expect(tape.head).toBe(events.length);
  });
});
