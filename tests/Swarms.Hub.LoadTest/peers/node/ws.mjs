import http from 'node:http';
import { WebSocketServer } from 'ws';
import { relay } from './relay.mjs';

const rooms = new Map();
const viewersOf = room => rooms.get(room) ?? rooms.set(room, new Set()).get(room);

const start = relay((room, event) => {
  const message = JSON.stringify(event);
  for (const viewer of viewersOf(room))
    viewer.send(message);
});
const server = http.createServer(start);
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (viewer, request) => {
  const viewers = viewersOf(new URL(request.url, 'http://peer').searchParams.get('room'));
  viewers.add(viewer);
  viewer.on('close', () => viewers.delete(viewer));
});
server.listen(Number(process.argv[2]), '127.0.0.1', 4096);
