import { describe, expect, vi } from 'vitest';
import { HubClient } from '../../src/index.js';
import { it, settle } from './WatchedRoom.js';

describe('A room whose connection is lost', () => {
  it('retries at once and then after a random part of a doubling cap, for ever', async ({ hub, http, room, states }) => {
    void room.open();
    await settle();
    http.answer = () => new Response(null, { status: 502 });
    hub.startError = new Error('refused');
    hub.current.cut();
    const attempts = [];
    for (let i = 0; i < 9; i++) {
      const before = Date.now();
      const count = hub.connections.length;
      while (hub.connections.length === count) await vi.advanceTimersByTimeAsync(i === 0 ? 0 : 100);
      attempts.push(Date.now() - before);
    }

    expect(attempts).toEqual([0, 500, 1_000, 2_000, 2_500, 2_500, 2_500, 2_500, 2_500]);
    expect(room.connectionState).toBe('offline');
    expect(states.slice(0, 4)).toEqual(['catchingUp', 'live', 'reconnecting', 'offline']);
  });

  it('gives up on a connection that does not open in time', async ({ hub, http, onTestFinished }) => {
    let opened = 0;
    const room = new HubClient('http://hub.test', {
      connect: () => {
        const connection = hub.connect();
        if (opened++ === 0) connection.open = () => new Promise(() => {});
        return connection;
      },
      fetch: () => Promise.resolve(http.answer()),
    }).openRoom('r1', 'token');
    onTestFinished(() => room.close());
    void room.open();
    await vi.advanceTimersByTimeAsync(14_999);
    expect(hub.connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(room.connectionState).toBe('live');
    expect(hub.connections[0]!.isClosed).toBe(true);
  });

  it('tries at once when the network is back', async ({ hub, room }) => {
    const browser = new EventTarget();
    vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
    void room.open();
    await settle();
    hub.startError = new Error('no network');
    hub.current.cut();
    await vi.advanceTimersByTimeAsync(60_000);
    hub.startError = undefined;
    const count = hub.connections.length;
    browser.dispatchEvent(new Event('online'));
    await settle();
    expect(hub.connections).toHaveLength(count + 1);
    expect(room.connectionState).toBe('live');
  });

  it('replaces a connection that was silent while the network was away or the page slept', async ({ hub, room }) => {
    const browser = new EventTarget();
    vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
    void room.open();
    await settle();
    browser.dispatchEvent(new Event('online'));
    await settle();
    expect(hub.connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    browser.dispatchEvent(new Event('offline'));
    browser.dispatchEvent(new Event('online'));
    await settle();
    expect(hub.connections).toHaveLength(2);
    vi.setSystemTime(Date.now() + 21_000);
    browser.dispatchEvent(new Event('pageshow'));
    await vi.advanceTimersByTimeAsync(500);
    expect(hub.connections).toHaveLength(3);
  });
});
