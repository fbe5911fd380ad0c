import { test, vi } from 'vitest';
import { HubClient } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

/** A test of one room at a hub without a network. Its clock stands still, and chance is always the middle. */
export const it = test
  // eslint-disable-next-line no-empty-pattern -- Vitest reads which fixtures a fixture needs from this pattern: none.
  .extend('hub', ({}, { onCleanup }) => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    onCleanup(() => {
      vi.useRealTimers();
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
    });
    return new FakeHub();
  })
  .extend('http', () => ({ answer: () => Response.json({ runs: [], next: null }) }))
  .extend('room', ({ hub, http }, { onCleanup }) => {
    const room = new HubClient('http://hub.test', { connect: hub.connect, fetch: () => Promise.resolve(http.answer()) }).openRoom(
      'r1',
      'token',
    );
    onCleanup(() => room.close());
    return room;
  })
  .extend('sequences', ({ room }) => {
    const sequences: number[] = [];
    room.onEvent(event => sequences.push(event.sequence));
    return sequences;
  })
  .extend('states', ({ room }) => {
    const states: string[] = [];
    room.onConnectionState(state => states.push(state));
    return states;
  });

/** Lets everything happen that waits for no time. */
export const settle = () => vi.advanceTimersByTimeAsync(0);
