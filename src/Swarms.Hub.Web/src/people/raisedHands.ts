import type { Member } from 'swarms-hub-client';

/** Returns the members with a raised hand, in the order in which the hands rose. */
export function raisedHands(members: readonly Member[]): readonly string[] {
  return members
    .filter(member => member.handRaised)
    .sort((one, other) => (one.handRaisedAt ?? '').localeCompare(other.handRaisedAt ?? ''))
    .map(member => member.id);
}
