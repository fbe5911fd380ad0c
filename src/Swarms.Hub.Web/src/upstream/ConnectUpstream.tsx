import { useLanguage } from '../language/useLanguage';
import { CopyField } from '../shared/controls/CopyField';
import { Dialog } from '../shared/controls/Dialog';
import { Tabs } from '../shared/controls/Tabs';
import './ConnectUpstream.css';

/** The settings of each kind of upstream, as environment variables; those that may stay away come last. */
const upstreams = [
  { id: 'swarms', needed: ['SWARMS_API_KEY=YOUR-KEY'], optional: [] },
  {
    id: 'openai',
    needed: ['Upstream__Kind=openai', 'Upstream__ApiKey=YOUR-KEY'],
    optional: ['Upstream__BaseAddress=http://localhost:1234/v1'],
  },
  { id: 'ollama', needed: ['Upstream__Kind=ollama'], optional: ['Upstream__BaseAddress=http://localhost:11434'] },
] as const;

/** How a hub that simulates gets a real model, step by step. */
export default function ConnectUpstream({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <Dialog title={t('connect.title')} onClose={onClose}>
      <p>{t('connect.why')}</p>
      <Tabs
        label={t('connect.which')}
        tabs={upstreams.map(({ id, needed, optional }) => ({
          id,
          title: t(`connect.${id}`),
          content: (
            <ol className="connect-steps">
              <li>{t(`connect.${id}Before`)}</li>
              <li>
                {t('connect.set')}
                <Lines lines={needed} />
                {optional.length > 0 && t(`connect.${id as 'openai'}Optional`)}
                <Lines lines={optional} />
              </li>
              <li>{t('connect.restart')}</li>
            </ol>
          ),
        }))}
      />
    </Dialog>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return lines.map(line => <CopyField key={line} label={line.slice(0, line.indexOf('='))} value={line} />);
}
