import type { RoomClient, TranscriptFormat } from 'swarms-hub-client';
import { Menu } from '../shared/Menu';

const formats: readonly [TranscriptFormat, string][] = [
  ['md', 'Markdown'],
  ['txt', 'Plain text'],
  ['html', 'Web page'],
  ['json', 'JSON'],
];

/** Downloads a run's transcript, or the whole room's. */
export function TranscriptMenu({ client, runId }: { client: RoomClient; runId?: string }) {
  return (
    <Menu label={runId === undefined ? 'Transcript' : 'Download'}>
      {formats.map(([format, name]) => (
        <a key={format} href={client.getTranscriptUrl(format, runId)} download>
          {name}
        </a>
      ))}
    </Menu>
  );
}
