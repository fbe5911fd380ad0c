import { type ILogger, JsonHubProtocol } from '@microsoft/signalr';
import { Heard } from './FeedConnection.js';

/** A message arrives at 64 kbit/s or more; below that its connection is given up. */
const bytesPerMillisecond = 8;

/**
 * SignalR's JSON protocol, which also hears how large the next message is. SignalR counts only whole messages as signs of life, so a large
 * one looks like silence. The hub announces it by the field `next` of a ping. Called by the connection's one loop.
 */
export class PatientProtocol extends JsonHubProtocol {
  /** When anything at all was last heard, which SignalR keeps to itself. */
  heard = new Heard();
  readonly #onAnnounced: (bytes: number) => void;

  constructor(onAnnounced: (bytes: number) => void) {
    super();
    this.#onAnnounced = onAnnounced;
  }

  /** The time that a message of this size may take. */
  static timeFor(bytes: number): number {
    return bytes / bytesPerMillisecond;
  }

  override parseMessages(input: string, logger: ILogger): ReturnType<JsonHubProtocol['parseMessages']> {
    this.heard = new Heard();
    const messages = super.parseMessages(input, logger);
    // SignalR starts its count after this call.
    const next = (messages.at(-1) as { readonly next?: unknown } | undefined)?.next;
    this.#onAnnounced(typeof next === 'number' ? Math.max(next, 0) : 0);
    return messages;
  }
}
