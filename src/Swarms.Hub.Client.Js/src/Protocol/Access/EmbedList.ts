import type { Embed } from './Embed.js';

/** The embeds of a room whose tokens have not expired. */
export interface EmbedList {
  /** The embeds, newest first; at most 1000. */
  readonly embeds: readonly Embed[];
}
