import type { RoomClient, TranscriptFormat } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Menu } from '../shared/Menu';

const formats: readonly TranscriptFormat[] = ['md', 'txt', 'html', 'json'];

/** Downloads a run's transcript, or the whole room's. */
export function TranscriptMenu({ client, runId }: { client: RoomClient; runId?: string }) {
  const { t } = useLanguage();
  return (
    <Menu label={t(runId === undefined ? 'transcript.room' : 'transcript.run')}>
      {formats.map(format => (
        <a key={format} href={client.getTranscriptUrl(format, runId)} download>
          {t(`transcript.${format}`)}
        </a>
      ))}
    </Menu>
  );
}
