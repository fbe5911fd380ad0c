import type { HoldBack } from './HoldBack.js';
import type { RoomSettings } from './RoomSettings.js';

/** The request that changes a room. */
export interface ChangeRoomRequest {
  /** The new name: 1 to 200 characters; the name stays if left out. */
  readonly name?: string;
  /**
   * An object with the settings that change, by their names in `RoomSettings`; null as a value gives a setting back to the hub's default.
   */
  readonly settings?: RoomSettingsChange;
}

/** The settings that change; null gives one back to the hub's default, and false turns the hub's hold-back off. */
export type RoomSettingsChange = { readonly [K in keyof Omit<RoomSettings, 'fromRoom' | 'holdBack'>]?: RoomSettings[K] | null } & {
  readonly holdBack?: HoldBack | false | null;
};
