// A program on the JavaScript SDK: reads the whole log of a room, folds it, and prints the state as one line of JSON.
const [sdk, address, roomId, token] = process.argv.slice(2);
const { RoomState } = await import(sdk);

const headers = { Authorization: `Bearer ${token}` };
const read = async path => (await fetch(new URL(path, address), { headers })).json();
const { room } = await read(`/api/rooms/${roomId}`);
const state = new RoomState({ id: room.id, name: '', createdAt: room.createdAt });
for (let after = '0'; ; ) {
  const page = await read(`/api/rooms/${roomId}/events?limit=1000&after=${after}`);
  if (page.events.length === 0) break;

  for (const event of page.events) state.apply(event);
  after = page.cursor;
}
console.log(JSON.stringify(state.toSnapshot('', 'first')));
