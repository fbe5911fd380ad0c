import { Window } from 'happy-dom';

// React draws into a document. Everything else is Node's own.
const window = new Window();
globalThis.window = window;
globalThis.document = window.document;
// Node 20 has none.
globalThis.navigator ??= window.navigator;
const { createElement, StrictMode } = await import('react');
const { createRoot } = await import('react-dom/client');
const { HubClient } = await import('swarms-hub-client');
const { useConnection, useMe, useRoom, useRoomState, useRunText, useRuns } = await import('swarms-hub-client/react');

const hub = new HubClient(process.argv[2]);
const created = await hub.createRoom('Story night', 'Ada');
let report;
const reported = new Promise((resolve) => (report = resolve));

function Room() {
  const room = useRoom(hub, created.id, { token: created.token });
  const name = useRoomState(room, (state) => state.room.name);
  const run = useRuns(room).at(-1);
  const text = useRunText(room, run?.id ?? '');
  const { state } = useConnection(room);
  const me = useMe(room);
  if (run?.endedAt) report([name, state, me.name, text, run.state].join(' '));
  return createElement('p', null, text);
}

const root = createRoot(document.body.appendChild(document.createElement('div')));
root.render(createElement(StrictMode, null, createElement(Room)));
await created.startRun({ task: 'Tell a story', agent: 'Writer' });
console.log(await reported);
root.unmount();
hub.close();
await window.happyDOM.close();
