import { memo, useCallback, useEffect, useState } from 'react';
import { isEnding, type RoomClient, type Run } from 'swarms-hub-client';
import { Problem } from '../shared/Problem';
import { useAction } from '../shared/useAction';
import { time } from '../shared/words';
import { RunText } from './RunText';
import { RunTools } from './RunTools';
import { duration, runErrorInWords, runStateInWords, usageInWords } from './runWords';
import { TranscriptMenu } from './TranscriptMenu';
import { useNow } from './useNow';
import './RunCard.css';

interface RunCardProps {
  readonly run: Run;
  readonly client: RoomClient;
  /** The name of the member who started it, if that member is still in the room. */
  readonly by: string | undefined;
  readonly canCancel: boolean;
  readonly isVerified: boolean | undefined;
  /** Whether the room's state holds it, and so its text as it grows. */
  readonly isOfRoom?: boolean;
}

export const RunCard = memo(function RunCard({ run, client, by, canCancel, isVerified, isOfRoom = false }: RunCardProps) {
  const isOver = isEnding(run.state);
  const cancel = useAction(() => client.cancelRun(run.id));
  const [isPlain, setPlain] = useState(false);
  return (
    <article className="run" data-state={run.state} data-run={run.id} aria-label={`Run: ${run.task}`}>
      <header>
        <div className="run-title">
          <strong>{run.agent.name ?? (run.kind === 'swarm' ? 'Swarm' : 'Agent')}</strong>
          {run.agent.model !== null && <span className="model">{run.agent.model}</span>}
          <span className="state" data-state={run.state}>
            {runStateInWords(run)}
          </span>
        </div>
        <div className="run-tools">
          {!isOver && canCancel && (
            <button className="danger" onClick={() => void cancel.run()} disabled={cancel.isBusy}>
              Cancel
            </button>
          )}
          <RunTools run={run} client={client} isOfRoom={isOfRoom} isPlain={isPlain} onPlain={setPlain} />
          {isOver && <TranscriptMenu client={client} runId={run.id} />}
        </div>
      </header>
      <Task run={run} by={by} />
      <RunBody run={run} client={client} isOver={isOver} isOfRoom={isOfRoom} isPlain={isPlain} />
      <Ending run={run} />
      <Problem text={cancel.error} />
      <footer>
        <Elapsed run={run} />
        {run.usage && usageInWords(run.usage).map(part => <span key={part}>{part}</span>)}
        {isVerified === true && (
          <span className="verified" title={`SHA-256 ${run.sha256}`}>
            ✓ same text for everyone
          </span>
        )}
        {isVerified === false && (
          <span className="mistrusted">This text is not what the hub recorded. Download the transcript to have it.</span>
        )}
      </footer>
    </article>
  );
});

function Task({ run, by }: { run: Run; by: string | undefined }) {
  const isCut = run.taskLength !== undefined;
  return (
    <div className="task">
      <span className="who">
        {by ?? 'Somebody'} · {time(run.queuedAt)}
      </span>
      <p>
        {run.task}
        {isCut && '…'}
      </p>
      {isCut && <small>The task goes on: {run.taskLength.toLocaleString('en')} characters in all.</small>}
    </div>
  );
}

interface RunBodyProps {
  readonly run: Run;
  readonly client: RoomClient;
  readonly isOver: boolean;
  readonly isOfRoom: boolean;
  readonly isPlain: boolean;
}

function RunBody({ run, client, isOver, isOfRoom, isPlain }: RunBodyProps) {
  if (run.text === undefined) return <OlderText run={run} client={client} isPlain={isPlain} />;

  const how = { runId: run.id, isOfRoom, isGrowing: !isOver && run.state === 'running', isPlain };
  if (run.parts) {
    return (
      <div className="parts">
        {run.parts.map(part => (
          <section key={part.agent ?? ''} aria-label={part.agent ?? 'Without a name'}>
            {part.agent !== null && <h3>{part.agent}</h3>}
            <RunText {...how} agent={part.agent} text={part.text} />
          </section>
        ))}
      </div>
    );
  }

  return run.text === '' && run.state !== 'running' ? null : <RunText {...how} text={run.text} />;
}

/** The room does not hold the texts of old runs: this one is loaded as it comes near the window. */
function OlderText({ run, client, isPlain }: { run: Run; client: RoomClient; isPlain: boolean }) {
  const [full, setFull] = useState<Run>();
  const load = useAction(useCallback(async () => setFull(await client.getRun(run.id)), [client, run.id]));
  const { run: start } = load;
  useEffect(() => void start(), [start]);
  if (full?.text !== undefined) return <RunBody run={full} client={client} isOver isOfRoom={false} isPlain={isPlain} />;

  return (
    <>
      <button onClick={() => void load.run()} disabled={load.isBusy}>
        {load.isBusy ? 'Loading the text…' : 'Show the text'}
      </button>
      <Problem text={load.error} />
    </>
  );
}

function Ending({ run }: { run: Run }) {
  if (run.error) return <p className="problem">{runErrorInWords(run.error)}</p>;

  if (run.state === 'interrupted') return <p className="problem">The hub stopped during this run. What was written up to then is kept.</p>;

  return run.state === 'cancelled' ? <p className="hint">Stopped before it was finished. What was written up to then is kept.</p> : null;
}

function Elapsed({ run }: { run: Run }) {
  const now = useNow(run.state === 'running');
  if (run.startedAt === undefined) return null;

  const end = run.endedAt === undefined ? now : Date.parse(run.endedAt);
  return <span>{duration(end - Date.parse(run.startedAt))}</span>;
}
