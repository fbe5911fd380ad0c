import type { Ban } from './Ban.js';

/** The bans of a room. */
export interface BanList {
  /** The bans, newest first; at most 1000. */
  readonly bans: readonly Ban[];
}
