// One link: for whom, what it lets them do, how far it reaches, three ways to hand it over, and the ways to change it or take it back.

import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Link } from '../../api';
import { t } from '../../i18n';
import { shareAddress } from '../../router';
import { Button } from '../Button';
import { canShare, copyFrom, shareLink } from './copy';
import { factsOf, linkName } from './link-facts';
import { LargeQrCode } from './LargeQrCode';
import { LinkForm } from './LinkForm';
import { QrCode } from './QrCode';
import { RevokeLink } from './RevokeLink';

interface Props {
  readonly caseId: string;
  readonly title: string;
  readonly link: Link;
  /** Show the QR code from the start. */
  readonly open: boolean;
  /** It was just made: bring it in view. */
  readonly isFresh: boolean;
  readonly onChange: (link: Link) => void;
  /** It was taken back; what came of it in words. */
  readonly onRevoke: (told: string) => void;
}

type Copied = 'not-yet' | 'copied' | 'failed';

export function ShareLink({ caseId, title, link, open, isFresh, onChange, onRevoke }: Props): VNode {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const item = useRef<HTMLLIElement>(null);
  const [copied, setCopied] = useState<Copied>('not-yet');
  const [code, setCode] = useState<'hidden' | 'small' | 'large'>(open ? 'small' : 'hidden');
  const address = shareAddress(location.origin, caseId, link.secret);
  const role = linkName(link);

  useEffect(() => {
    if (!isFresh) return;
    item.current?.scrollIntoView({ block: 'nearest' });
    item.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [isFresh]);

  async function copy(): Promise<void> {
    if (input.current) setCopied((await copyFrom(input.current)) ? 'copied' : 'failed');
  }

  return (
    <li ref={item} class={open ? 'share-link share-link-first' : 'share-link'}>
      <div class="share-link-words">
        <h3 id={id} dir="auto">
          {role}
        </h3>
        <p>
          {link.name !== null && <strong>{t(`share.role.${link.role}`)}. </strong>}
          {t(`share.${link.role}.can`)}
        </p>
        <ul class="link-facts">
          {factsOf(link, Date.now()).map(({ words, isShut }) => (
            <li key={words} class={isShut ? 'chip is-shut' : 'chip'}>
              {words}
            </li>
          ))}
        </ul>
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
        <LinkActs {...{ caseId, link, onChange, onRevoke }} />
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

type LinkActsProps = Pick<Props, 'caseId' | 'link' | 'onChange' | 'onRevoke'>;

function LinkActs({ caseId, link, onChange, onRevoke }: LinkActsProps): VNode {
  const [open, setOpen] = useState<'form' | 'revoke' | null>(null);
  const close = (): void => setOpen(null);
  const changed = (now: Link): void => {
    close();
    onChange(now);
  };
  const name = linkName(link);
  return (
    <div class="link-acts">
      <button
        type="button"
        class="text-button"
        aria-label={t('link.change.label', { link: name })}
        onClick={() => setOpen('form')}
      >
        {t('link.change')}
      </button>
      <button
        type="button"
        class="text-button is-danger"
        aria-label={t('link.revoke.label', { link: name })}
        onClick={() => setOpen('revoke')}
      >
        {t('link.revoke')}
      </button>
      {open === 'form' && <LinkForm caseId={caseId} link={link} onDone={changed} onClose={close} />}
      {open === 'revoke' && <RevokeLink caseId={caseId} link={link} onDone={onRevoke} onClose={close} />}
    </div>
  );
}

function QrButton({ role, onShow }: { readonly role: string; readonly onShow: () => void }): VNode {
  return (
    <button type="button" class="button button-quiet" aria-label={t('share.qr.show', { role })} onClick={onShow}>
      {t('share.qr')}
    </button>
  );
}
