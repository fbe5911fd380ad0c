import type { RoomClient } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Menu } from '../shared/Menu';
import { TranscriptLinks } from './TranscriptLinks';

export function TranscriptMenu({ client, runId }: { client: RoomClient; runId: string }) {
  const { t } = useLanguage();
  return (
    <Menu label={t('transcript.run')}>
      <TranscriptLinks client={client} runId={runId} />
    </Menu>
  );
}
