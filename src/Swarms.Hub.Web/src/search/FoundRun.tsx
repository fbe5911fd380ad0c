import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { RoomClient, Run } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { showMoment } from '../replay/moment';
import { rulesFor } from '../room/rules';
import type { RoomViewModel } from '../room/useRoomView';
import { RunCard } from '../runs/RunCard';
import { moderatorOf } from '../runs/runWords';
import { showRun } from '../runs/showRun';
import { useModeratedRuns } from '../runs/useModeratedRuns';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { highlightForNow, useHighlight } from './highlight';

interface FoundRunProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  readonly id: string;
  readonly sequence: number | undefined;
  readonly words: readonly string[];
  readonly onClose: () => void;
}

/** A run that was opened: its whole text, with the words marked. */
export function FoundRun({ client, view, id, sequence, words, onClose }: FoundRunProps) {
  const { t } = useLanguage();
  const [run, setRun] = useState<Run>();
  const box = useRef<HTMLDivElement>(null);
  const open = useAction(useCallback(async () => setRun(await client.getRun(id)), [client, id]));
  const { run: load } = open;
  useEffect(() => void load(), [load]);
  useModeratedRuns(
    client,
    useCallback((changed: string) => void (changed === id && load()), [id, load]),
  );
  useHighlight(box, run ? words.join(' ') : '');
  const slot = () => document.querySelector(`.runs [data-slot="${CSS.escape(id)}"]`);
  const goThere = () => {
    const place = slot();
    flushSync(onClose);
    showRun(id);
    if (place) highlightForNow(place, words);
  };
  const { names } = view;
  const rules = rulesFor(view.room, view.me);
  return (
    <>
      <div className="found-tools">
        {view.runs.some(held => held.id === id) && <button onClick={goThere}>{t('search.showInRoom')}</button>}
        <button onClick={() => showMoment(sequence === undefined ? { at: 0, run: id } : { at: sequence, run: undefined })}>
          {t(sequence === undefined ? 'replay.ofRun' : 'search.showMoment')}
        </button>
      </div>
      <Problem text={open.error} />
      <div className="found" ref={box}>
        {run && (
          <RunCard
            run={run}
            client={client}
            by={run.by === undefined ? undefined : names.get(run.by)}
            endedBy={run.cancelledBy === undefined ? undefined : names.get(run.cancelledBy)}
            canCancel={false}
            me={view.me}
            seesMoney={rules.seesMoney}
            canReact={rules.canTalk}
            canUnreact={rules.canUnreact}
            moderator={moderatorOf(run, names)}
          />
        )}
      </div>
    </>
  );
}
