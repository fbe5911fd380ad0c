import type { RoomEvent } from '../Feed/RoomEvent.js';
import { given, PayloadFields } from '../PayloadFields.js';
import { RoomSettings } from './RoomSettings.js';

/** The data of `room.created` and `room.changed`. */
export interface RoomPayload {
  /** The room's name from now on. */
  readonly name: string;
  /** The settings in effect from now on; null in an event from before there were settings. */
  readonly settings?: RoomSettings;
}

export const RoomPayload = {
  /** Reads the data of an event. A field that is missing or of another type is empty. */
  read(data: RoomEvent['data']): RoomPayload {
    const settings = PayloadFields.optionalObject(data, 'settings');
    return { name: PayloadFields.text(data, 'name') ?? '', ...given('settings', settings && RoomSettings.read(settings)) };
  },
};
