import type { RoomClient, TranscriptFormat } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { MenuItems } from '../shared/controls/Menu';

const formatsOfRun: readonly TranscriptFormat[] = ['md', 'txt', 'html', 'json', 'csv'];
const formatsOfRoom: readonly TranscriptFormat[] = [...formatsOfRun, 'replay'];

// The times in the file are those of the reader's clock.
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The choices of a menu that download a run's transcript, or the whole room's. */
export function TranscriptLinks({ client, runId }: { client: RoomClient; runId?: string }) {
  const { t } = useLanguage();
  const formats = runId === undefined ? formatsOfRoom : formatsOfRun;
  return (
    <MenuItems>
      {formats.map(format => (
        <a key={format} href={client.getTranscriptUrl(format, runId, zone)} download>
          {t(`transcript.${format}`)}
        </a>
      ))}
    </MenuItems>
  );
}
