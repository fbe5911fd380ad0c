import type { RoomLane } from './RoomLane.js';
import type { RoomSettings } from './RoomSettings.js';

/** A room that people watch together; it has one ordered log. */
export interface Room {
  /** An opaque, URL-safe id that sorts by creation. */
  readonly id: string;
  /** The name: 1 to 200 characters. */
  readonly name: string;
  /** The time of creation, in UTC with milliseconds. */
  readonly createdAt: string;
  /** The settings in effect; null in a room from before there were settings, until it is loaded. */
  readonly settings?: RoomSettings;
  /** The run whose lane this is; undefined for a room of people. */
  readonly lane?: RoomLane;
}
