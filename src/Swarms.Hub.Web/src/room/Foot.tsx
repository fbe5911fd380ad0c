import { SayForm } from '../messages/SayForm';
import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Composer } from '../runs/composer/Composer';
import { useFootKind, writeMessage, writeTask } from './footKind';
import { rulesFor } from './rules';
import type { RoomViewModel } from './useRoomView';
import './Foot.css';

// A triangle and a speech bubble, in a square of 24: not every machine has a font with them.
const taskSign = 'M7 4.5v15L19.5 12z';
const messageSign = 'M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2z';

interface FootProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  /** Whether messages are within the stream of runs, so that one writes them here too. */
  readonly isWithin: boolean;
}

/** Starts runs, and writes messages where these stand among the runs. */
export function Foot({ client, view, isWithin }: FootProps) {
  const { t } = useLanguage();
  const kind = useFootKind();
  const { canStart, canRace, mustPropose, mustChooseAgent, canTalk } = rulesFor(view.room, view.me);
  const rules = { mustPropose, canRace, mustChooseAgent };
  const composer = canStart && <Composer client={client} {...rules} roomAgents={view.agents} runs={view.runs} />;
  if (!isWithin || !canTalk) return composer;

  const isMessage = kind === 'message' || !canStart;
  return (
    <div className="foot stage-foot">
      {canStart && (
        <button
          className="foot-kind"
          aria-label={t(isMessage ? 'foot.toTask' : 'foot.toMessage')}
          title={t(isMessage ? 'foot.toTask' : 'foot.toMessage')}
          onClick={isMessage ? writeTask : writeMessage}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={isMessage ? taskSign : messageSign} />
          </svg>
        </button>
      )}
      {/* What was chosen for the next run stays while one writes a message. */}
      <div className="foot-part" hidden={isMessage}>
        {composer}
      </div>
      {isMessage && (
        <div className="foot-part">
          <SayForm client={client} names={view.names} />
        </div>
      )}
    </div>
  );
}
