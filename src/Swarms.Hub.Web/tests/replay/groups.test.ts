import { type Run, RoomState, type RoomEvent, type SnapshotFrame, SnapshotReasons } from 'swarms-hub-client';
import { describe, expect, it } from 'vitest';
import { placesIn, votesFor, withoutName } from '../../src/replay/groups';
import { RoomTape } from '../../src/replay/RoomTape';
import { hubOf, room } from './log';

/** A blind race of two, with a run before and a proposal after it: voted for, and revealed. */
function makeRace(): RoomEvent[] {
  const events: RoomEvent[] = [];
  const add = (type: string, data: Record<string, unknown>, more: { run?: string; by?: string } = {}) =>
    events.push({ sequence: events.length + 1, at: room.createdAt, type, data, ...more });
  const queue = (run: string, group?: object, name: string | null = null) =>
    add('run.queued', { kind: 'agent', agent: { name, model: null }, task: 'Tell', ...(group && { group }) }, { run, by: 'a' });
  add('room.created', { name: 'Biology', settings: {} });
  queue('before', undefined, 'Writer');
  add('group.started', { group: 'g', isBlind: true, runs: ['one', 'two'] }, { by: 'a' });
  queue('two', { id: 'g', number: 2 });
  queue('one', { id: 'g', number: 1 });
  queue('after', undefined, 'Writer');
  for (const run of ['one', 'two']) add('done', {}, { run });
  add('group.voted', { group: 'g', run: 'two' }, { by: 'a' });
  add('group.voted', { group: 'g', run: 'two' }, { by: 'b' });
  const revealed = (run: string, name: string) => ({ run, agent: { name, model: 'gpt-4o' }, events: [] });
  add(
    'group.revealed',
    {
      group: 'g',
      results: [
        { run: 'two', votes: 2 },
        { run: 'one', votes: 0 },
      ],
      runs: [revealed('one', 'Hare'), revealed('two', 'Tortoise')],
    },
    { by: 'a' },
  );
  return events;
}

const find = (snapshot: SnapshotFrame, id: string): Run => snapshot.runs.find(run => run.id === id)!;

function after(count: number): SnapshotFrame {
  const state = new RoomState(room);
  for (const event of makeRace().slice(0, count)) state.apply(event);
  return state.toSnapshot('', SnapshotReasons.first);
}

describe('The groups of a replay', () => {
  it('stand once, where their first run was, with their columns in order', () => {
    const { runs, groups } = after(11);
    const places = placesIn(runs, groups);
    expect(places.map(place => place.runs.map(({ id }) => id))).toEqual([['before'], ['one', 'two'], ['after']]);
    expect(places.map(place => place.group?.id)).toEqual([undefined, 'g', undefined]);
  });

  it('are single runs where one run is replayed alone', () => {
    const { runs } = after(11);
    expect(placesIn(runs, []).map(place => place.runs.length)).toEqual([1, 1, 1, 1]);
  });

  it('have the votes of that moment until they were counted, and no agent before', () => {
    const votes = [8, 9, 10, 11].map(count => {
      const { groups, runs } = after(count);
      return runs.filter(run => run.group).map(run => [run.id, votesFor(run, groups[0]!)]);
    });
    const of = (two: number | undefined, one: number | undefined) => [
      ['two', two],
      ['one', one],
    ];
    expect(votes).toEqual([of(0, 0), of(1, 0), of(2, 0), of(undefined, undefined)]);
    expect(find(after(10), 'two').agent.name).toBeNull();
    expect(find(after(11), 'two').agent.name).toBe('Tortoise');
    expect(after(10).groups[0]?.results).toBeUndefined();
  });

  it('name no run that was removed since', () => {
    const bare = withoutName(find(after(11), 'two'));
    expect(bare.agent).toEqual({ name: null, model: null });
    expect(bare.removedAt).toBeDefined();
  });

  it('are known to the tape by their votes and their reveal', async () => {
    const tape = new RoomTape(hubOf(makeRace()).client, room);
    await tape.read(() => undefined, new AbortController().signal);
    expect([...tape.index.groups]).toEqual([
      [3, 'g'],
      [9, 'g'],
      [10, 'g'],
      [11, 'g'],
    ]);
    expect(tape.index.marks.slice(7)).toEqual(['run', 'vote', 'vote', 'reveal']);
  });
});
