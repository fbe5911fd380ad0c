import type { RoomModel } from './RoomModel.js';

/** The models that runs of a room may use. */
export interface RoomModels {
  /** The models that are known by name. */
  readonly models: readonly RoomModel[];
  /** True if the default upstream takes other models too. */
  readonly isOpen: boolean;
}
