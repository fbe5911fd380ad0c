import { useMemo } from 'react';
import { FormattedText } from '../markdown/FormattedText';
import { useRoomStore } from '../room/useRoom';

interface RunTextProps {
  readonly runId: string;
  /** The agent whose part it is; undefined for the text of the run as a whole. */
  readonly agent?: string | null;
  /** The text, where the room does not hold the run. */
  readonly text: string;
  readonly isOfRoom: boolean;
  readonly isGrowing: boolean;
  readonly isPlain: boolean;
}

/** The text of a run, or of one of its agents. */
export function RunText({ runId, agent, text, isOfRoom, isGrowing, isPlain }: RunTextProps) {
  const store = useRoomStore();
  const growing = useMemo(() => (isOfRoom ? store?.text(runId, agent) : undefined), [store, runId, agent, isOfRoom]);
  return (
    <div className="text">
      <FormattedText text={growing ?? text} form={isPlain ? 'plain' : 'run'} isGrowing={isGrowing} />
    </div>
  );
}
