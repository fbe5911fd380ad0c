const { HubClient } = require('swarms-hub-client');

async function main() {
  const hub = new HubClient(process.argv[2]);
  const room = await hub.createRoom('Story night', 'Ada');
  const run = await room.startRun({ task: 'Tell a story', agent: 'Writer' });
  for await (const _ of room.watch()) {
    const { text, state, endedAt } = room.state?.findRun(run.id) ?? {};
    if (endedAt) {
      console.log(text, state);
      break;
    }
  }
  hub.close();
}

main();
