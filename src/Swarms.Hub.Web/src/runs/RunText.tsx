import { useMemo } from 'react';
import type { RunMask } from 'swarms-hub-client';
import { growingText } from 'swarms-hub-client/react';
import { FormattedText } from '../markdown/FormattedText';
import { useOpenedRoom } from '../room/OpenedRoom';
import { withMasks } from './lanes/masks';

interface RunTextProps {
  readonly runId: string;
  /** The agent whose part it is; undefined for the text of the run as a whole. */
  readonly agent?: string | null;
  /** The text, where the room does not hold the run. */
  readonly text: string;
  /** The passages that are missing in it. */
  readonly masks?: readonly RunMask[] | undefined;
  readonly isOfRoom: boolean;
  readonly isGrowing: boolean;
  readonly isPlain: boolean;
}

/** The text of a run, or of one of its agents. */
export function RunText({ runId, agent, text, masks, isOfRoom, isGrowing, isPlain }: RunTextProps) {
  const client = useOpenedRoom()?.client;
  const growing = useMemo(() => {
    const text = client && isOfRoom ? growingText(client, runId, agent) : undefined;
    // A mask changes the head of its run, so this is made anew with each.
    return text && masks ? { get: () => withMasks(text.get(), masks), subscribe: text.subscribe } : text;
  }, [client, runId, agent, isOfRoom, masks]);
  return (
    <div className="text">
      <FormattedText text={growing ?? withMasks(text, masks)} form={isPlain ? 'plain' : 'run'} isGrowing={isGrowing} />
    </div>
  );
}
