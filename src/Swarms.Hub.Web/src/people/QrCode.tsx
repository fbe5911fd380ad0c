import { useMemo } from 'react';
import { useLanguage } from '../language/useLanguage';
import { qrPath } from './qrPath';
import './QrCode.css';

/** A link as a QR code: dark on white in every theme, because cameras read no other. */
export function QrCode({ url }: { url: string }) {
  const { t } = useLanguage();
  const { size, path } = useMemo(() => qrPath(url), [url]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('invite.qr')} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
