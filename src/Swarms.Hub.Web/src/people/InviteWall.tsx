import { useEffect } from 'react';
import type { InviteCreated } from 'swarms-hub-client';
import { useLanguage } from '../language/useLanguage';
import { Dialog } from '../shared/controls/Dialog';
import { joinAddress } from './joinAddress';
import { QrCode } from './QrCode';
import './InviteWall.css';

interface InviteWallProps {
  readonly created: InviteCreated;
  readonly room: string;
  readonly onClose: () => void;
}

/** An invite for the last row of a classroom: the whole screen, where the browser gives it, with the QR code, the address and the code. */
export default function InviteWall({ created, room, onClose }: InviteWallProps) {
  const { t } = useLanguage();
  useEffect(() => {
    // A presentation has the screen already, and keeps it.
    if (document.fullscreenElement) return;

    const onChange = () => !document.fullscreenElement && onClose();
    document.documentElement.requestFullscreen({ navigationUI: 'hide' }).then(
      () => document.addEventListener('fullscreenchange', onChange),
      () => undefined,
    );
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      if (document.fullscreenElement) void document.exitFullscreen();
    };
    // Once for each opening.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return (
    <Dialog title={room} isWhole onClose={onClose}>
      <div className="invite-wall">
        <QrCode url={created.url} />
        <ol>
          <li>
            {t('wall.scan')} <strong>{joinAddress(created.url)}</strong>
          </li>
          <li>
            {t('wall.code')} <strong className="wall-code">{created.code}</strong>
          </li>
        </ol>
      </div>
    </Dialog>
  );
}
