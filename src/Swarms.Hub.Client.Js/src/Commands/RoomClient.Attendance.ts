import type { RoomAttendance } from '../Protocol/Members/RoomAttendance.js';
import type { RoomWatching } from '../Protocol/Members/RoomWatching.js';
import { RoomClientMembers } from './RoomClient.Members.js';

export abstract class RoomClientAttendance extends RoomClientMembers {
  /** How each member follows the room now. Hosts. */
  getWatching(): Promise<RoomWatching> {
    return this.endpoint.send('GET', '/presence', undefined, true);
  }

  /** The times at which members watched the room. Hosts. */
  getAttendance(): Promise<RoomAttendance> {
    return this.endpoint.send('GET', '/attendance', undefined, true);
  }

  /** The same as CSV, one line for each time. Hosts. */
  getAttendanceCsv(): Promise<string> {
    return this.endpoint.getText('/attendance?format=csv');
  }

  /** The address at which a browser with the room's cookie can download the CSV. */
  getAttendanceCsvUrl(): string {
    return this.endpoint.url('/attendance?format=csv');
  }
}
