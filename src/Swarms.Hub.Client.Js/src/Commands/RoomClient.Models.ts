import type { RoomModels } from '../Protocol/Server/RoomModels.js';
import { RoomClientAttendance } from './RoomClient.Attendance.js';

export abstract class RoomClientModels extends RoomClientAttendance {
  /** The models that runs of the room may use. */
  getModels(): Promise<RoomModels> {
    return this.endpoint.send('GET', '/models', undefined, true);
  }
}
