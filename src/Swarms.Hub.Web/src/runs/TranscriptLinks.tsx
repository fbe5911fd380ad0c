import type { RoomClient, TranscriptFormat } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { MenuItems } from '../shared/controls/Menu';

const formats: readonly TranscriptFormat[] = ['md', 'txt', 'html', 'json', 'csv'];

// The times in the file are those of the reader's clock.
const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The choices of a menu that download a run's transcript. */
export function TranscriptLinks({ client, runId }: { client: RoomClient; runId: string }) {
  const { t } = useLanguage();
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
