import type { Embed } from './Embed.js';

/** A new embed. Its token is shown only here. */
export interface EmbedCreated {
  /** The embed. */
  readonly embed: Embed;
  /** The token. It reads this one run and opens nothing else, so a page may carry it. */
  readonly token: string;
}
