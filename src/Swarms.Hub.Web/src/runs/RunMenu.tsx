import { lazy, Suspense, useState } from 'react';
import { isEnding, type RoomClient, type Run } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Menu, MenuGroup } from '../shared/controls/Menu';
import { showMoment } from '../replay/moment';
import { TranscriptLinks } from './TranscriptLinks';

const EmbedDialog = lazy(() => import('./embeds/EmbedDialog'));

interface RunMenuProps {
  readonly run: Run;
  readonly client: RoomClient;
  readonly isReadAloud: boolean;
  readonly onReadAloud: (isReadAloud: boolean) => void;
  /** Starts it again as it was, where the hub can; undefined for those who may not start runs. */
  readonly onRetry: (() => void) | undefined;
  readonly onEdit: ((run: Run) => void) | undefined;
  readonly onPrint: () => void;
  /** Hides, shows or removes it; undefined for those who may not, who embed no run either. */
  readonly onModerate: ((how: 'hide' | 'show' | 'remove') => void) | undefined;
}

/** The less frequent commands of a run. */
export function RunMenu({ run, client, isReadAloud, onReadAloud, onRetry, onEdit, onPrint, onModerate }: RunMenuProps) {
  const { t } = useLanguage();
  const [isEmbedding, setEmbedding] = useState(false);
  const isOver = isEnding(run.state);
  const isHidden = run.hiddenAt !== undefined;
  const isShown = !isHidden && run.removedAt === undefined;
  return (
    <>
      <Menu label={t('run.menu')} name={t('run.menuName')}>
        {isOver && isShown && onRetry && <button onClick={onRetry}>{t('run.retry')}</button>}
        {isOver && isShown && onEdit && <button onClick={() => onEdit(run)}>{t('thread.editAndRetry')}</button>}
        <button aria-pressed={isReadAloud} onClick={() => onReadAloud(!isReadAloud)}>
          {t('run.readAloud')}
        </button>
        <button onClick={onPrint}>{t('run.print')}</button>
        {isOver && isShown && <button onClick={() => showMoment({ at: 0, run: run.id })}>{t('replay.ofRun')}</button>}
        {onModerate && isShown && <button onClick={() => setEmbedding(true)}>{t('embed.menu')}…</button>}
        {isOver && onModerate && run.removedAt === undefined && (
          <>
            <button onClick={() => onModerate(isHidden ? 'show' : 'hide')}>{t(isHidden ? 'run.show' : 'run.hide')}</button>
            <button className="danger" onClick={() => onModerate('remove')}>
              {t('run.remove')}…
            </button>
          </>
        )}
        {isOver && isShown && (
          <>
            <hr />
            <MenuGroup label={t('transcript.run')}>
              <TranscriptLinks client={client} runId={run.id} />
            </MenuGroup>
          </>
        )}
      </Menu>
      {isEmbedding && (
        <Suspense>
          <EmbedDialog run={run} client={client} onClose={() => setEmbedding(false)} />
        </Suspense>
      )}
    </>
  );
}
