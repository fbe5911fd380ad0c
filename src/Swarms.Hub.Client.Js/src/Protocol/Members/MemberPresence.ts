/** How often one member watches. */
export interface MemberPresence {
  /** The member's id. */
  readonly id: string;
  /** 1 or more. */
  readonly connections: number;
}
