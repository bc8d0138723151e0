// The QR code for a room: as large as the screen allows, with the name of the case and what to do.

import type { VNode } from 'preact';
import { t } from '../../i18n';
import { Dialog } from '../Dialog';
import { QrCode } from './QrCode';

interface Props {
  readonly address: string;
  readonly title: string;
  readonly role: string;
  readonly onClose: () => void;
}

export function LargeQrCode({ address, title, role, onClose }: Props): VNode {
  return (
    <Dialog title={title} onClose={onClose} look="full">
      <div class="qr-large">
        <QrCode text={address} label={t('share.qr.alt', { role })} />
        <p class="lead">{t('share.qr.scan')}</p>
      </div>
    </Dialog>
  );
}
