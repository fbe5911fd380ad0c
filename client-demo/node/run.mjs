// Starts a run in a room and prints it as it grows, each word once, through cuts of the network and restarts of the hub:
//   npm install --prefix client-demo/node
//   node client-demo/node/run.mjs "Write a story about a robot that paints"
// SWARMS_HUB_URL is the hub's address. SWARMS_HUB_INVITE (a code), or SWARMS_HUB_ROOM with SWARMS_HUB_TOKEN, is a room to join.
import { HubClient } from 'swarms-hub-client';

const { SWARMS_HUB_URL: url, SWARMS_HUB_INVITE: invite, SWARMS_HUB_ROOM: roomId, SWARMS_HUB_TOKEN: token } = process.env;
const hub = new HubClient(url ?? 'http://localhost:5080');
try {
  const room = await enter();
  const run = await room.startRun({ task: process.argv[2] ?? 'Write a story about a robot that paints', agent: 'Writer' });
  let printed = 0;
  for await (const _ of room.watch()) {
    if (!room.state) continue;

    // The state leaves out the text of a very long run that has ended. The hub keeps it.
    const known = room.state.findRun(run.id);
    const now = known?.text === undefined ? await room.getRun(run.id) : known;
    process.stdout.write(now.text.slice(printed));
    printed = now.text.length;
    if (now.endedAt) {
      console.error(`\n${now.state}`);
      break;
    }
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function enter() {
  if (roomId && token) return hub.openRoom(roomId, token);
  // A name is unique in its room.
  if (invite) return await hub.join(invite, `Guest ${process.pid}`);

  const room = await hub.createRoom('Story night', 'Ada');
  const { code } = await room.createInvite({ role: 'participant' });
  console.error(`Others join with SWARMS_HUB_INVITE=${code}`);
  return room;
}
