import { useMemo, useState } from 'react';
import { isEnding, type RoomClient, type TranscriptFormat } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { showMoment } from '../replay/moment';
import type { RoomViewModel } from '../room/useRoomView';
import { runName } from '../runs/runWords';
import { Dialog } from '../shared/controls/Dialog';
import { printPage } from '../shared/printing';
import './Exports.css';

const formats: readonly TranscriptFormat[] = ['html', 'md', 'txt', 'csv', 'json', 'replay'];
/** A run alone has no file to play: the room's has. */
const formatsOfRun = formats.filter(format => format !== 'replay');

const longestTask = 60;
const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = [...new Set([ownZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];

interface ExportsDialogProps {
  readonly client: RoomClient;
  readonly view: RoomViewModel;
  readonly onClose: () => void;
}

/** Every file that the hub makes of a room or a run, and what each is good for. */
export default function ExportsDialog({ client, view, onClose }: ExportsDialogProps) {
  const { t } = useLanguage();
  const [runId, setRunId] = useState('');
  const [zone, setZone] = useState(ownZone);
  const runs = useMemo(
    () => view.runs.filter(run => isEnding(run.state) && run.hiddenAt === undefined && run.removedAt === undefined).reverse(),
    [view.runs],
  );
  const run = runId === '' ? undefined : runId;
  return (
    <Dialog title={t('exports.title')} isLarge onClose={onClose}>
      <p className="hint">{t('exports.hint')}</p>
      <div className="exports-of">
        <label>
          {t('exports.of')}
          <select value={runId} onChange={event => setRunId(event.target.value)}>
            <option value="">{t('exports.room')}</option>
            {runs.map(one => (
              <option key={one.id} value={one.id}>
                {t('exports.run', { agent: runName(t, one), task: one.task.slice(0, longestTask) })}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('exports.zone')}
          <select value={zone} onChange={event => setZone(event.target.value)}>
            {zones.map(name => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </div>
      <ul className="exports">
        {(run === undefined ? formats : formatsOfRun).map(format => (
          <Export
            key={format}
            name={t(`transcript.${format}`)}
            use={t(`exports.for.${format}`)}
            url={client.getTranscriptUrl(format, run, zone)}
          />
        ))}
        {run === undefined && view.me?.role === 'host' && (
          <Export name={t('room.attendance')} use={t('exports.for.attendance')} url={client.getAttendanceCsvUrl()} />
        )}
      </ul>
      <section className="exports-open">
        <h3>{t('exports.open')}</h3>
        <button onClick={() => showMoment({ at: 0, run })}>{t(run === undefined ? 'replay.ofRoom' : 'replay.ofRun')}</button>
        {run === undefined && (
          <button
            onClick={() => {
              onClose();
              void printPage();
            }}
          >
            {t('room.print')}
          </button>
        )}
      </section>
    </Dialog>
  );
}

function Export({ name, use, url }: { name: string; use: string; url: string }) {
  const { t } = useLanguage();
  return (
    <li>
      <div>
        <strong>{name}</strong>
        <p>{use}</p>
      </div>
      <a className="button" href={url} download aria-label={t('exports.downloadWhat', { what: name })}>
        {t('exports.download')}
      </a>
    </li>
  );
}
