import { useEffect } from 'react';
import type { RoomClient, RunGroup } from 'swarms-hub-client';
import { keep, useKept } from '../useKept';

/** The run that one voted for. A group that is revealed has no votes of single members: the page kept its own, or the hub is asked. */
export function useOwnVote(client: RoomClient, { id, votes, revealedAt }: RunGroup, me: string | undefined): string | undefined {
  const key = `${id} vote`;
  // Null is no vote; undefined is not known.
  const [kept] = useKept<string | null | undefined>(key, undefined);
  const isOpen = revealedAt === undefined;
  const vote = me === undefined ? undefined : (votes.find(({ by }) => by.includes(me))?.run ?? null);
  useEffect(() => {
    if (isOpen && vote !== undefined) keep(key, vote);
  }, [key, vote, isOpen]);
  const mustAsk = !isOpen && me !== undefined && kept === undefined;
  useEffect(() => {
    if (!mustAsk) return;

    // Without an answer the results have no mark of one's own, and the next page asks again.
    client.getVote(id).then(
      ({ run }) => keep(key, run),
      () => undefined,
    );
  }, [client, id, key, mustAsk]);
  return me === undefined ? undefined : (kept ?? undefined);
}
