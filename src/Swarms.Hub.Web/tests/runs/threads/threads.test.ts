import { describe, expect, it } from 'vitest';
import type { Run, RunThread } from 'swarms-hub-client';
import { readOnward, writeOnward } from '../../../src/runs/threads/onward';
import { newestMessages, placesOf } from '../../../src/runs/threads/threads';

const run = (id: string, thread?: Partial<RunThread>, more: Partial<Run> = {}): Run => ({
  id,
  kind: 'agent',
  agent: { name: 'Writer', model: null },
  task: id,
  state: 'done',
  queuedAt: '2026-01-01T12:00:00.000Z',
  ...(thread ? { thread: { root: 'a', turn: 2, ...thread } } : {}),
  ...more,
});

describe('The places of runs in their threads', () => {
  it('are those of runs that continue the same run, in the order in which they were queued', () => {
    const places = placesOf([run('a'), run('b', { continues: 'a' }), run('c', { continues: 'a' }), run('d', { continues: 'b' }), run('x')]);
    expect(places.get('b')?.siblings).toEqual(['b', 'c']);
    expect(places.get('d')?.siblings).toEqual(['d']);
    expect(places.has('x')).toBe(false);
  });

  it('tell which of the runs that supersede each other stands', () => {
    const retry = run('c', { continues: 'a', supersedes: 'b' });
    const places = placesOf([run('a'), run('b', { continues: 'a' }), run('fork', { continues: 'a' }), retry]);
    expect([places.get('b')?.standing, places.get('c')?.standing, places.get('fork')?.standing]).toEqual(['c', 'c', 'fork']);
  });

  it('leave out proposals that nobody approved and runs that were removed', () => {
    const runs = [
      run('b', { continues: 'a' }),
      run('c', { continues: 'a', supersedes: 'b' }, { removedAt: '2026-01-01T12:00:00.000Z' }),
      run('d', { continues: 'a', supersedes: 'c' }, { state: 'declined', proposedAt: '2026-01-01T12:00:00.000Z' }),
    ];
    expect(placesOf(runs).get('d')?.standing).toBe('b');
  });

  it('are known for a retry of a first turn, and where the superseded run is not here', () => {
    const places = placesOf([run('a'), run('b', { turn: 1, supersedes: 'a' }), run('c', { turn: 1, supersedes: 'b' })]);
    expect(places.get('a')).toEqual({ siblings: ['a', 'b', 'c'], standing: 'c' });
    expect(placesOf([run('c', { continues: 'gone', supersedes: 'b' })]).get('c')).toEqual({ siblings: ['c'], standing: 'c' });
  });
});

describe('The messages to take along', () => {
  it('are the newest, or none', () => {
    const messages = [{ sequence: 3 }, { sequence: 5 }, { sequence: 9 }];
    expect(newestMessages(messages, 2)).toEqual({ since: 5 });
    expect(newestMessages(messages, 20)).toEqual({ since: 3 });
    expect(newestMessages(messages, 0)).toBeUndefined();
    expect(newestMessages([], 5)).toBeUndefined();
  });
});

describe('The run from which the composer goes on', () => {
  it('is read as it was written, and nothing else is', () => {
    expect(readOnward(writeOnward({ how: 'supersedes', runId: '01k' }))).toEqual({ how: 'supersedes', runId: '01k' });
    expect([readOnward(''), readOnward('continues'), readOnward('follows 01k')]).toEqual([undefined, undefined, undefined]);
  });
});
