import type { Message } from './Message.js';

/** One page of a room's messages. */
export interface MessagePage {
  /** The messages as they stand, in sequence order. */
  readonly messages: readonly Message[];
  /** The `before` of the page with earlier ones; null if there are none. */
  readonly next: number | null;
}
