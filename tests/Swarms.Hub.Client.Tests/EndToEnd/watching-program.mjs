// A program on the JavaScript SDK: watches a room and prints what it is handed, one line of JSON for each update: with the room's
// state, where that is asked for.
const [sdk, address, roomId, token, options, asked] = process.argv.slice(2);
const { HubClient } = await import(sdk);
const room = new HubClient(address, JSON.parse(options)).openRoom(roomId, token);
const print = handed => console.log(JSON.stringify(handed));

try {
  for await (const update of room.watch())
    print({
      kind: update.kind,
      reason: update.reason,
      connectionState: update.connectionState,
      transport: room.transport,
      code: update.error?.code,
      sequences: update.events?.map(event => event.sequence),
      types: update.events?.map(event => event.type),
      content: update.events?.map(event => (event.type === 'chunk' ? event.data.content : '')).join(''),
      matches: update.matches,
      text: update.run?.text,
      state: asked === 'state' ? room.state : undefined,
    });
} catch (error) {
  print({ kind: 'refused', code: error.code });
}
