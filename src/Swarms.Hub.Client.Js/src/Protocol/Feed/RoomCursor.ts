const maxTokenLength = 64;

/**
 * A viewer's place in a room's log, with a proof of the history before it. Its text form, `token:sequence`, is opaque to programs that use
 * the hub.
 */
export class RoomCursor {
  /** Proves the history up to `sequence`: equal cursors have equal histories. */
  readonly token: string;
  /** The last event read; 0 before the first. */
  readonly sequence: number;

  constructor(token: string, sequence: number) {
    this.token = token;
    this.sequence = sequence;
  }

  /** Reads the text form; returns false for any other text. */
  static tryParse(text: string | null | undefined): RoomCursor | undefined {
    const colon = text?.indexOf(':') ?? -1;
    if (text === null || text === undefined || colon < 1 || colon > maxTokenLength || !/^\d{1,16}$/.test(text.slice(colon + 1)))
      return undefined;

    return new RoomCursor(text.slice(0, colon), Number(text.slice(colon + 1)));
  }

  /** Returns the text form. */
  toString(): string {
    return `${this.token}:${this.sequence}`;
  }
}
