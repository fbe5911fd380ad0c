import http from 'node:http';
import { Server } from 'socket.io';
import { relay } from './relay.mjs';

const start = relay((room, event) => io.to(room).emit('event', event));
const server = http.createServer((request, response) => {
  if (request.url.startsWith('/runs'))
    start(request, response);
});
const io = new Server(server, { transports: ['websocket'] });
io.on('connection', socket => socket.join(socket.handshake.query.room));
server.listen(Number(process.argv[2]), '127.0.0.1', 4096);
