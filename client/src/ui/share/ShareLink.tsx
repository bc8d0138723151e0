// One link: for whom, what it lets them do, and three ways to hand it over.

import type { VNode } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { Link } from '../../api';
import { t } from '../../i18n';
import { shareAddress } from '../../router';
import { Button } from '../Button';
import { canShare, copyFrom, shareLink } from './copy';
import { LargeQrCode } from './LargeQrCode';
import { QrCode } from './QrCode';

interface Props {
  readonly caseId: string;
  readonly title: string;
  readonly link: Link;
  /** Show the QR code from the start. */
  readonly open: boolean;
}

type Copied = 'not-yet' | 'copied' | 'failed';

export function ShareLink({ caseId, title, link, open }: Props): VNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<Copied>('not-yet');
  const [code, setCode] = useState<'hidden' | 'small' | 'large'>(open ? 'small' : 'hidden');
  const address = shareAddress(location.origin, caseId, link.secret);
  const role = t(`share.role.${link.role}`);

  async function copy(): Promise<void> {
    if (input.current) setCopied((await copyFrom(input.current)) ? 'copied' : 'failed');
  }

  return (
    <li class={open ? 'share-link share-link-first' : 'share-link'}>
      <div class="share-link-words">
        <h3 id={id}>{role}</h3>
        <p>{t(`share.${link.role}.can`)}</p>
        <div class="share-link-row">
          <input
            ref={input}
            type="text"
            readOnly
            value={address}
            aria-label={t('share.link', { role })}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button kind={open ? 'primary' : 'quiet'} onClick={() => void copy()}>
            {copied === 'copied' ? t('share.copied') : t('share.copy')}
          </Button>
          {canShare() && <Button onClick={() => shareLink(title, address)}>{t('share.native')}</Button>}
          {code === 'hidden' && <QrButton role={role} onShow={() => setCode('small')} />}
        </div>
        <p role="status" class={copied === 'failed' ? 'field-problem' : 'visually-hidden'}>
          {copied === 'failed' && t('share.copy.failed')}
          {copied === 'copied' && t('share.copied')}
        </p>
      </div>
      {code !== 'hidden' && (
        <button type="button" class="qr-button" onClick={() => setCode('large')}>
          <QrCode text={address} label={t('share.qr.alt', { role })} />
          <span>{t('share.qr.large')}</span>
        </button>
      )}
      {code === 'large' && <LargeQrCode address={address} title={title} role={role} onClose={() => setCode('small')} />}
    </li>
  );
}

function QrButton({ role, onShow }: { readonly role: string; readonly onShow: () => void }): VNode {
  return (
    <button type="button" class="button button-quiet" aria-label={t('share.qr.show', { role })} onClick={onShow}>
      {t('share.qr')}
    </button>
  );
}
