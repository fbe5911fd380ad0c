// A viewer without our SDK: the plain @microsoft/signalr client and the wire contract. Prints each frame as a line of JSON.
import { createRequire } from 'node:module';

const [packages, address, room, token] = process.argv.slice(2);
const { HubConnectionBuilder, LogLevel } = createRequire(packages)('@microsoft/signalr');
const connection = new HubConnectionBuilder()
  .withUrl(`${address}hub`, { accessTokenFactory: () => token })
  .configureLogging(LogLevel.None)
  .build();
connection.on('PresenceChanged', () => {});
connection.on('Draining', () => {});
await connection.start();
connection.stream('WatchRoom', room, null).subscribe({
  next: frame => console.log(JSON.stringify(frame)),
  error: error => {
    console.error(error.message);
    process.exit(1);
  },
  complete: () => process.exit(0),
});
