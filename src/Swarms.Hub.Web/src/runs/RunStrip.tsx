import { isEnding, type RoomClient, type Run } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { runName, runStateInWords } from './runWords';
import { showRun } from './showRun';
import { useNow } from './useNow';
import { useTask } from './useTask';
import './RunStrip.css';

interface RunStripProps {
  readonly runs: readonly Run[];
  readonly client: RoomClient;
  readonly canCancel: (run: Run) => boolean;
  readonly lostAt: number | undefined;
}

/** The open runs of the room, each with its state and time, a way to it, and Cancel. */
export function RunStrip({ runs, client, canCancel, lostAt }: RunStripProps) {
  const language = useLanguage();
  const { t, duration } = language;
  const open = runs.filter(run => !isEnding(run.state) && run.state !== 'proposed');
  const now = useNow(open.length > 1 && lostAt === undefined);
  const cancel = useAction((id: string) => client.cancelRun(id));
  if (open.length < 2) return null;

  return (
    <div className="strip" role="group" aria-label={t('runs.open')}>
      <ul>
        {open.map(run => (
          <li key={run.id} data-state={run.state}>
            <button className="quiet" onClick={() => showRun(run.id)}>
              <RunName run={run} client={client} />
              <small>
                {lostAt === undefined ? runStateInWords(language, run) : t('run.state.lost')}
                {run.startedAt !== undefined && ` · ${duration((lostAt ?? now) - Date.parse(run.startedAt))}`}
              </small>
            </button>
            {canCancel(run) && (
              <button
                className="quiet strip-cancel"
                aria-label={t('runs.cancelOne', { agent: runName(t, run) })}
                title={t('run.cancel')}
                onClick={() => void cancel.run(run.id)}
              >
                ✕
              </button>
            )}
          </li>
        ))}
      </ul>
      <Problem text={cancel.error} />
    </div>
  );
}

function RunName({ run, client }: { run: Run; client: RoomClient }) {
  const { t } = useLanguage();
  const { shown } = useTask(run, client);
  return <bdi title={shown}>{runName(t, run)}</bdi>;
}
