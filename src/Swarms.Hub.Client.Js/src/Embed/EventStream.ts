/** One event of a stream of server-sent events, as the hub writes them: each field on one line. */
export interface StreamEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
}

/** Reads server-sent events out of pieces of text that may be cut anywhere. */
export class EventStream {
  #rest = '';

  /** The events that are whole with this piece, in order. */
  read(piece: string): StreamEvent[] {
    const parts = (this.#rest + piece).split('\n\n');
    this.#rest = parts.pop()!;
    return parts.map(parse).filter(event => event.data !== '');
  }
}

function parse(text: string): StreamEvent {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''));
  }

  return { id: fields.get('id') ?? '', type: fields.get('event') ?? 'message', data: fields.get('data') ?? '' };
}
