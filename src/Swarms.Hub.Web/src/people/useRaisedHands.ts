import { useState } from 'react';
import type { Member } from 'swarms-hub-client';

/**
 * Returns the members with a raised hand, in the order in which this page saw the hands rise. Those that were up when it opened keep the
 * order of the list, because the room's state does not tell when a hand rose.
 */
export function useRaisedHands(members: readonly Member[]): readonly string[] {
  const [seen, setSeen] = useState({ members, hands: raised(members) });
  if (seen.members === members) return seen.hands;

  const now = raised(members);
  const still = seen.hands.filter(id => now.includes(id));
  const hands = [...still, ...now.filter(id => !still.includes(id))];
  setSeen({ members, hands });
  return hands;
}

function raised(members: readonly Member[]): readonly string[] {
  return members.filter(member => member.handRaised).map(member => member.id);
}
