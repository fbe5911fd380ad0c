import type { Passage } from './Passage.js';

/** The request that says something in a room. */
export interface SayRequest {
  /** The text: 1 to 16,384 UTF-16 units. */
  readonly text: string;
  /** The sequence of the message that it answers. */
  readonly replyTo?: number;
  /** The passage of a run that it quotes. */
  readonly quote?: Passage;
  /**
   * The cursor of a frame that holds what it refers to, or of a later frame; a cursor of another history is refused with `conflict`. Not
   * compared if left out.
   */
  readonly cursor?: string;
}
