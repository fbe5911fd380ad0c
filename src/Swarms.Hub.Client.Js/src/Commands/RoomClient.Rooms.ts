import type { ChangeRoomRequest, RoomSettingsChange } from '../Protocol/Rooms/ChangeRoomRequest.js';
import type { RoomBudget } from '../Protocol/Rooms/RoomBudget.js';
import type { Room } from '../Protocol/Rooms/Room.js';
import type { RoomWithMe } from '../Protocol/Rooms/RoomWithMe.js';
import { RoomClientEmbeds } from './RoomClient.Embeds.js';

export abstract class RoomClientRooms extends RoomClientEmbeds {
  /** The room as it is now, without watching it, and the caller in it. */
  async getRoom(): Promise<RoomWithMe> {
    const room = await this.endpoint.send<RoomWithMe>('GET', '', undefined, true);
    this.caller = room.me;
    return room;
  }

  /** Renames the room and returns it. Hosts. */
  rename(name: string): Promise<Room> {
    const body: ChangeRoomRequest = { name };
    return this.endpoint.send('PATCH', '', body, true);
  }

  /** Changes settings of the room and returns it: those that are given, and no others. Hosts. */
  changeSettings(settings: RoomSettingsChange): Promise<Room> {
    const body: ChangeRoomRequest = { settings };
    return this.endpoint.send('PATCH', '', body, true);
  }

  /**
   * Changes the budget of the room and returns the room. It reads the budget in effect and sends the changed one as a whole: of two
   * changes at one moment the later one counts. Hosts.
   *
   * `change` returns the new budget, such as `{ ...budget, roomCost: '5' }`; null gives it back to the hub's default.
   */
  async changeBudget(change: (budget: RoomBudget) => RoomBudget | null): Promise<Room> {
    const { room } = await this.getRoom();
    return this.changeSettings({ budget: change(room.settings?.budget ?? {}) });
  }

  /** Deletes the room with everything in it. Its runs are cancelled, and watching ends for everybody. Hosts. */
  delete(): Promise<void> {
    return this.end(() => this.endpoint.done('DELETE', ''));
  }
}
