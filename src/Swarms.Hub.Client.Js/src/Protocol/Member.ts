/** What a member may do: a host everything, a participant starts runs, a viewer watches, talks and raises a hand. */
export type MemberRole = 'host' | 'participant' | 'viewer';

/** A person or program admitted to a room. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: MemberRole;
  readonly joinedAt: string;
  readonly handRaised: boolean;
}
