/** The request that creates a return link. */
export interface CreateReturnLinkRequest {
  /** The lifetime: 1 second to 365 days; 30 days if left out. */
  readonly expiresInSeconds?: number;
}
