/** A single-use stand-in for a token. */
export interface TicketCreated {
  /** For one connection. */
  readonly ticket: string;
  /** 30. */
  readonly expiresInSeconds: number;
}
