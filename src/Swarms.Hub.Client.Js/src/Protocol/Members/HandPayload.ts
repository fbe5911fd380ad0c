/** The data of `hand.raised` and `hand.lowered`: empty, because the event's `by` says whose hand. */
export type HandPayload = Readonly<Record<string, never>>;
