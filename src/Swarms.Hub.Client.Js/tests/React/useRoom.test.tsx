// @vitest-environment happy-dom
import { act, useState } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { type HubClient, type RoomClient, type Run } from '../../src/index.js';
import {
  growingText,
  useAction,
  useConnection,
  useIsStorageAvailable,
  useIsVerified,
  useMe,
  usePresence,
  useRoom,
  useRoomState,
  useRuns,
  useRunText,
  useServer,
  useWatching,
} from '../../src/React/index.js';
import type { FakeHub } from '../FakeHub.js';
import { ada, draw, frame, hubForReact } from './drawn.js';

const at = '2026-01-01T12:00:00.000Z';

/** A room with a host and two runs that write. */
function withRuns(fake: FakeHub): void {
  const run = (id: string): Run =>
    ({
      id,
      by: 'm1',
      kind: 'agent',
      agent: { name: 'Writer' },
      task: 'Write',
      state: 'running',
      startedAt: at,
      text: 'Once',
    }) as unknown as Run;
  fake.onWatch = connection => connection.send({ ...fake.snapshot(), members: [ada], runs: [run('run1'), run('run2')] });
}

const chunk = (run: string, content: string) => ({ type: 'chunk', run, data: { content } });

function Name({ hub }: { hub: HubClient }) {
  const room = useRoom(hub, 'r1', { token: 't' });
  const name = useRoomState(room, state => state.room.name);
  const messages = useRoomState(room, state => state.messages);
  return (
    <p>
      {name ?? 'nothing'} {messages?.length ?? 0} {useConnection(room).state}
    </p>
  );
}

describe('useRoom', () => {
  it('watches while it is mounted, by one connection, also in strict mode', async () => {
    const { fake, hub } = hubForReact();
    const { container, unmount } = draw(<Name hub={hub} />);
    expect(container.textContent).toBe('nothing 0 catchingUp');

    await frame();
    fake.append({}, {});
    await frame();

    expect(container.textContent).toBe('Room 2 live');
    expect(fake.connections.length).toBe(1);

    unmount();
    await frame();
    expect(fake.connections.map(connection => connection.isClosed)).toEqual([true]);
  });

  it('opens the other room and leaves the first', async () => {
    const { fake, hub } = hubForReact();
    const Shown = ({ id }: { id: string }) => <p>{useRoom(hub, id, { token: 't' }).id}</p>;
    const { container, show } = draw(<Shown id="r1" />);
    await frame();
    show(<Shown id="r2" />);
    await frame();
    expect(container.textContent).toBe('r2');
    expect(fake.connections.map(connection => connection.isClosed)).toEqual([true, false]);
  });

  it('asks who the caller is only where nobody remembers it', async () => {
    const { fake, hub, fetch } = hubForReact();
    withRuns(fake);
    const Me = ({ memberId }: { memberId?: string }) => <p>{useMe(useRoom(hub, 'r1', { token: 't', memberId }))?.name}</p>;
    const known = draw(<Me memberId="m1" />);
    await frame();
    expect([known.container.textContent, fetch.mock.calls.length]).toEqual(['Ada', 0]);

    const asked = draw(<Me />);
    await frame();
    expect([asked.container.textContent, fetch.mock.calls.length]).toEqual(['Ada', 1]);
  });

  it('does not connect where it is drawn on a server', async () => {
    const { fake, hub, fetch } = hubForReact();
    expect(renderToString(<Name hub={hub} />)).toContain('nothing');
    await frame();
    expect([fake.connections.length, fetch.mock.calls.length]).toEqual([0, 0]);
  });

  it('says why a caller is refused, and does not connect', async () => {
    const { fake, hub } = hubForReact({
      fetch: () => Promise.resolve(Response.json({ code: 'not_found', detail: 'There is no such room.' }, { status: 404 })),
    });
    const Refused = () => {
      const { state, error } = useConnection(useRoom(hub, 'r1', { token: 't' }));
      return `${state}: ${error?.message ?? ''}`;
    };
    const { container } = draw(<Refused />);
    await frame();
    expect([container.textContent, fake.connections.length]).toEqual(['ended: There is no such room.', 0]);
  });
});

describe('The hooks of a room', () => {
  /** Draws the parts of a room, each of which counts how often it is drawn. */
  async function parts() {
    const { fake, hub } = hubForReact();
    withRuns(fake);
    const room = hub.openRoom('r1', 't');
    const drawn = { list: 0, run1: 0, run2: 0, names: 0 };
    const count = (part: keyof typeof drawn) => (drawn[part] += 1);
    const Text = ({ id }: { id: 'run1' | 'run2' }) => {
      count(id);
      return <pre>{useRunText(room, id)}</pre>;
    };
    const List = () => {
      count('list');
      return useRuns(room).map(({ id }) => <Text key={id} id={id as 'run1'} />);
    };
    const Names = () => {
      count('names');
      // A new array each time, which the comparison keeps.
      return useRoomState(
        room,
        state => state.members.map(member => member.name),
        (one, other) => one.join() === other.join(),
      )?.join();
    };
    const { container } = draw(
      <>
        <Names />
        <List />
      </>,
    );
    await frame();
    const { list, run1, run2, names } = drawn;
    return { fake, room, container, drawn, since: () => [drawn.list - list, drawn.run1 - run1, drawn.run2 - run2, drawn.names - names] };
  }

  it('draw again only what reads the text that grew', async () => {
    const { fake, container, since } = await parts();
    expect(container.textContent).toBe('AdaOnceOnce');

    fake.append(chunk('run1', ' upon'));
    await frame();

    expect(container.textContent).toBe('AdaOnce uponOnce');
    // Strict mode draws twice.
    expect(since()).toEqual([0, 2, 0, 0]);
  });

  it('draw once for a frame, however many chunks it brings', async () => {
    const { fake, container, since } = await parts();
    for (let i = 0; i < 100; i++) fake.append(chunk('run2', '.'));
    await frame();
    expect(container.textContent).toBe(`AdaOnceOnce${'.'.repeat(100)}`);
    expect(since()).toEqual([0, 0, 2, 0]);
  });

  it('draw the list again when a run ends', async () => {
    const { fake, since } = await parts();
    fake.append({ type: 'done', run: 'run1', data: {} });
    await frame();
    expect(since()[0]).toBe(2);
  });

  it('tell a reader outside React that a text grew', async () => {
    const { fake, room } = await parts();
    const text = growingText(room, 'run1');
    const seen: string[] = [];
    const stop = text.subscribe(() => seen.push(text.get()));
    fake.append(chunk('run1', '!'));
    await frame();
    stop();
    fake.append(chunk('run1', '?'));
    await frame();
    expect([seen, text.get(), growingText(room, 'run1') === text]).toEqual([['Once!'], 'Once!?', true]);
  });

  it('empty the text of a run that is removed', async () => {
    const { fake, container } = await parts();
    fake.append({ type: 'run.removed', data: { run: 'run1' } });
    await frame();
    expect(container.textContent).toBe('AdaOnce');
  });

  it('say who watches, how the room is connected, since when it is not, and whether the disk works', async () => {
    const { fake, hub } = hubForReact();
    const Facts = ({ room }: { room: RoomClient }) => {
      const { state, lostAt } = useConnection(room);
      return [
        usePresence(room)?.viewers,
        state,
        lostAt === undefined ? 'here' : 'lost',
        useIsStorageAvailable(room),
        useIsVerified(room, 'x'),
      ].join(' ');
    };
    const { container } = draw(<Facts room={hub.openRoom('r1', 't')} />);
    await frame();
    fake.current.call('PresenceChanged', 'r1', { viewers: 3, members: [] });
    fake.current.send({ kind: 'storage', cursor: fake.cursor, isAvailable: false });
    await frame();
    expect(container.textContent).toBe('3 live here false ');

    fake.startError = new Error('The network is gone.');
    fake.current.cut();
    await frame();
    expect(container.textContent).toMatch(/ reconnecting lost /);
  });

  it('share one connection, which ends with the last of them', async () => {
    const { fake, hub } = hubForReact();
    const room = hub.openRoom('r1', 't');
    const State = () => useConnection(room).state;
    const { show } = draw(<State key="one" />);
    await frame();
    show(<State key="two" />);
    await frame();
    expect(fake.connections.map(connection => connection.isClosed)).toEqual([false]);

    show(<p />);
    await frame();
    expect(fake.current.isClosed).toBe(true);

    show(<State key="three" />);
    await frame();
    expect(fake.connections.map(connection => connection.isClosed)).toEqual([true, false]);
  });

  it('tell hosts how members follow the room', async () => {
    const { fake, hub } = hubForReact();
    withRuns(fake);
    const room = hub.openRoom('r1', 't');
    const Watching = () => [...useWatching(room).values()].map(({ id, state }) => `${id} ${state}`).join();
    const { container } = draw(<Watching />);
    await frame();
    await frame();
    fake.current.call('WatchingChanged', 'r1', { members: [{ id: 'm1', state: 'watching' }] });
    await frame();
    expect(container.textContent).toBe('m1 watching');
  });
});

describe('useAction', () => {
  it('says that an action runs, and what it threw', async () => {
    hubForReact();
    let fail: (error: Error) => void = () => {};
    const Button = () => {
      const { run, isBusy, error } = useAction(() => new Promise((_, reject) => (fail = reject)));
      const [result, setResult] = useState<boolean>();
      return (
        <button onClick={() => void run().then(setResult)}>
          {String(isBusy)} {String(result)} {error instanceof Error && error.message}
        </button>
      );
    };
    const { container } = draw(<Button />);
    act(() => container.querySelector('button')!.click());
    await frame();
    expect(container.textContent).toBe('true undefined ');

    fail(new Error('No.'));
    await frame();
    expect(container.textContent).toBe('false false No.');
  });
});

describe('useServer', () => {
  it('has the description once the hub has answered', async () => {
    const { hub } = hubForReact({ fetch: () => Promise.resolve(Response.json({ version: '1.2' })) });
    const Version = () => useServer(hub)?.version ?? 'nothing';
    const { container } = draw(<Version />);
    await frame();
    expect(container.textContent).toBe('1.2');
  });
});
