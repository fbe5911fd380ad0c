/** The values of `Member.role`, from the most to the least allowed. */
export const MemberRoles = {
  /** May do everything in the room. */
  host: 'host',
  /** May start runs and cancel its own. */
  participant: 'participant',
  /** May watch, say, react and raise a hand. */
  viewer: 'viewer',
} as const;

/** One of `MemberRoles`. */
export type MemberRole = (typeof MemberRoles)[keyof typeof MemberRoles];

/** True for one of the three names. */
export function isRole(role: string | undefined): role is MemberRole {
  return role === MemberRoles.host || role === MemberRoles.participant || role === MemberRoles.viewer;
}
