/** The data of `hand.raised` and `hand.lowered`. It is empty: the event's `by` names the member. */
export type HandPayload = Readonly<Record<string, never>>;
