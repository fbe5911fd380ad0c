/** The values of `Member.role`, from the most to the least allowed. */
export const MemberRoles = {
  /** A host may do everything in the room. */
  host: 'host',
  /** A participant may also start runs and cancel its own. */
  participant: 'participant',
  /** A viewer may watch, say, react and raise a hand. */
  viewer: 'viewer',
} as const;

/** One of `MemberRoles`. */
export type MemberRole = (typeof MemberRoles)[keyof typeof MemberRoles];

/** Returns true for one of the three roles. */
export function isRole(role: string | undefined): role is MemberRole {
  return role === MemberRoles.host || role === MemberRoles.participant || role === MemberRoles.viewer;
}
