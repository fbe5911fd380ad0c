import type { RoomClient, TranscriptFormat } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';

const formats: readonly TranscriptFormat[] = ['md', 'txt', 'html', 'json'];

/** The choices of a menu that download a run's transcript, or the whole room's. */
export function TranscriptLinks({ client, runId }: { client: RoomClient; runId?: string }) {
  const { t } = useLanguage();
  return formats.map(format => (
    <a key={format} href={client.getTranscriptUrl(format, runId)} download>
      {t(`transcript.${format}`)}
    </a>
  ));
}
