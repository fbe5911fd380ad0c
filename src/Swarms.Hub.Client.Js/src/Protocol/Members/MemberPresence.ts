/** One member's connections to a room. */
export interface MemberPresence {
  /** The member's id. */
  readonly id: string;
  /** The number of its connections, 1 or more. It is 1 too while a lost one may come back. */
  readonly connections: number;
}
