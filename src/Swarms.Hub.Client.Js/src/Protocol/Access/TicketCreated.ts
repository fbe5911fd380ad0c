/** A new single-use ticket that replaces a token. */
export interface TicketCreated {
  /** The ticket, good for one connection. */
  readonly ticket: string;
  /** The ticket's lifetime: 30 seconds. */
  readonly expiresInSeconds: number;
}
