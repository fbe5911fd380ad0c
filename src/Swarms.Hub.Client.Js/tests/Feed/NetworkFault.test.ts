import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NetworkFault } from '../../src/Feed/NetworkFault.js';
import { HubClient, HubClientError, type RoomClient } from '../../src/index.js';
import { FakeHub } from '../FakeHub.js';

const coded = (message: string, code: string) => Object.assign(new Error(message), { code });

const ofTheProgram: [string, unknown][] = [
  ['a wrong type', new TypeError('undefined is not a function')],
  ['an unknown name', new ReferenceError('require is not defined')],
  ['a range', new RangeError('Invalid array length')],
  ['a syntax', new SyntaxError('Unexpected token')],
  ['a URI', new URIError('URI malformed')],
  ['a missing module', coded('Cannot find module \'ws\'', 'MODULE_NOT_FOUND')],
  ['a missing ES module', coded('Cannot find package \'ws\'', 'ERR_MODULE_NOT_FOUND')],
  ['options of undici that cannot be', new TypeError('fetch failed', { cause: coded('invalid onRequestStart method', 'UND_ERR_INVALID_ARG') })],
  ['a header that cannot be', new TypeError('Headers.append: "ö" is an invalid header value.')],
  ['an address that cannot be', new DOMException('The URL is invalid.', 'SyntaxError')],
  ['a connection that may not be', new DOMException('An insecure WebSocket connection may not be initiated.', 'SecurityError')],
  ['no error at all', undefined],
];

const ofTheNetwork: [string, unknown][] = [
  ['Node\'s fetch', new TypeError('fetch failed', { cause: coded('connect ECONNREFUSED', 'ECONNREFUSED') })],
  ['Node\'s fetch without a cause', new TypeError('fetch failed')],
  ['a body that is cut off', new TypeError('terminated')],
  ['Chromium\'s fetch', new TypeError('Failed to fetch')],
  ['Firefox\'s fetch', new TypeError('NetworkError when attempting to fetch resource.')],
  ['Safari\'s fetch', new TypeError('Load failed')],
  ['SignalR', new Error('WebSocket failed to connect.')],
  ['SignalR in words', 'WebSocket is not in the OPEN state'],
  ['a socket', coded('read ECONNRESET', 'ECONNRESET')],
  ['a timeout', new DOMException('signal timed out', 'TimeoutError')],
  ['an abortion', new DOMException('aborted', 'AbortError')],
  ['the hub', new HubClientError('internal', 'No.')],
];

describe('A fault of the network', () => {
  it.each(ofTheNetwork)('is %s', (_, error) => expect(NetworkFault.is(error)).toBe(true));
});

describe('A fault of the program', () => {
  it.each(ofTheProgram)('is %s', (_, error) => expect(NetworkFault.is(error)).toBe(false));
});

describe('A reason', () => {
  it('is the innermost', () => {
    expect(NetworkFault.describe(new TypeError('fetch failed', { cause: new Error('self-signed certificate') }))).toBe('self-signed certificate');
  });

  it('is the first of those that Node gathers for a name with several addresses', () => {
    const cause = new AggregateError([new Error('connect ECONNREFUSED ::1:5080'), new Error('connect ECONNREFUSED 127.0.0.1:5080')]);
    expect(NetworkFault.describe(new TypeError('fetch failed', { cause }))).toBe('connect ECONNREFUSED ::1:5080');
  });
});

describe('A watch', () => {
  let hub: FakeHub;
  let room: RoomClient;
  let answer: () => Promise<Response>;

  beforeEach(() => {
    vi.useFakeTimers();
    hub = new FakeHub();
    answer = () => Promise.resolve(Response.json({ runs: [], next: null }));
    room = new HubClient('http://hub.test', { connect: hub.connect, fetch: () => answer() }).openRoom('r1', 't1');
  });

  afterEach(() => {
    room.close();
    vi.useRealTimers();
  });

  it.each(ofTheProgram.slice(0, -1))('ends with %s, and does not try again', async (_, error) => {
    hub.startError = error as Error;
    await expect(room.open()).rejects.toBe(error);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hub.connections).toHaveLength(1);
    expect(room.connectionState).toBe('offline');
  });

  it('ends with a fault of what it reads frames with', async () => {
    hub.onWatch = connection => connection.failWith(new TypeError('Cannot read properties of undefined'));
    await expect(room.open()).rejects.toThrow(TypeError);
    expect(hub.connections).toHaveLength(1);
  });

  it('ends with a fault of the program\'s own fetch', async () => {
    hub.startError = new Error('WebSocket failed to connect.');
    answer = () => Promise.reject(new TypeError('myFetch is not a function'));
    await expect(room.open()).rejects.toThrow('myFetch is not a function');
  });

  it('whose connection cannot be made ends', async () => {
    room = new HubClient('http://hub.test', { connect: () => { throw new TypeError('mine'); } }).openRoom('r1', 't1');
    await expect(room.open()).rejects.toThrow('mine');
  });

  it.each(ofTheNetwork.slice(0, -1))('waits out %s, and says so', async (_, error) => {
    const codes: (string | undefined)[] = [];
    room.onConnectionState((_state, reason) => codes.push(reason?.code));
    hub.startError = error as Error;
    void room.open();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.connectionState).toBe('offline');
    expect(codes.at(-1)).toBe('hub_unreachable');
    hub.startError = undefined;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(room.connectionState).toBe('live');
  });

  it('says why a hub is not reached, in the words of the question that fails too', async () => {
    const reasons: (string | undefined)[] = [];
    room.onConnectionState((_, reason) => reasons.push(reason?.message));
    hub.startError = new Error('WebSocket failed to connect.');
    answer = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('self-signed certificate') }));
    void room.open();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reasons.at(-1)).toBe('The hub at http://hub.test/ cannot be reached: self-signed certificate');
  });

  it('says that something refuses its WebSocket, where calls are answered', async () => {
    const reasons: (string | undefined)[] = [];
    room.onConnectionState((_, reason) => reasons.push(reason?.message));
    hub.startError = new Error('Unexpected server response: 403');
    void room.open();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(reasons.at(-1)).toBe(
      'The hub at http://hub.test/ answers calls, but its WebSocket does not open; a proxy may refuse it: Unexpected server response: 403');
  });
});

describe('A call', () => {
  it.each(ofTheProgram.slice(0, -1))('throws %s as it is, and is not repeated', async (_, error) => {
    const fetch = vi.fn(() => Promise.reject(error as Error));
    await expect(new HubClient('http://hub.test', { fetch }).openRoom('r1', 't1').getRun('a')).rejects.toBe(error);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it.each(ofTheProgram.slice(0, -1))('over a connection throws %s as it is', async (_, error) => {
    const hub = new FakeHub();
    hub.invokeError = error as Error;
    await expect(new HubClient('http://hub.test', { connect: hub.connect }).openRoom('r1', 't1').raiseHand()).rejects.toBe(error);
  });
});
