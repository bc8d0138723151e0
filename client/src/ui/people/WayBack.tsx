// One's own way back: a link that brings me back as myself on any device. It is shown once, to copy or to print; the server keeps only a
// hash of it.

import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { makeWayBack } from '../../access-api';
import { t } from '../../i18n';
import { wayBackAddress } from '../../router';
import type { CaseSession } from '../../session';
import { Button } from '../Button';
import { Dialog } from '../Dialog';
import { Problem } from '../Problem';
import { copyFrom } from '../share/copy';
import { QrCode } from '../share/QrCode';
import { useSubmit } from '../use-submit';

/** Whether the window about my way back is open. */
export const wayBackShown = signal(false);

export function WayBack({ session }: { readonly session: CaseSession }): VNode | null {
  const { caseId } = session;
  const [address, setAddress] = useState<string | null>(null);
  const name = session.me.value?.name ?? '';
  const making = useSubmit(async () => {
    if (caseId !== null) setAddress(wayBackAddress(location.origin, caseId, await makeWayBack(caseId)));
  });
  useEffect(() => {
    document.documentElement.classList.add('has-slip');
    return () => document.documentElement.classList.remove('has-slip');
  }, []);
  return (
    <Dialog title={t('way-back.title')} onClose={() => (wayBackShown.value = false)}>
      <p>{t('way-back.text', { name })}</p>
      {address === null ? (
        <>
          <p class="quiet">{t('way-back.once')}</p>
          <Problem error={making.failure} />
          <div class="dialog-acts">
            <Button kind="primary" busy={making.busy ? t('common.busy') : null} onClick={() => making.run()}>
              {t('way-back.make')}
            </Button>
          </div>
        </>
      ) : (
        <Slip address={address} title={session.document.value.meta.value.title} name={name} />
      )}
    </Dialog>
  );
}

interface SlipProps {
  readonly address: string;
  readonly title: string;
  readonly name: string;
}

function Slip({ address, title, name }: SlipProps): VNode {
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'not-yet' | 'copied' | 'failed'>('not-yet');
  useEffect(() => input.current?.focus(), []);
  async function copy(): Promise<void> {
    if (input.current) setCopied((await copyFrom(input.current)) ? 'copied' : 'failed');
  }
  return (
    <div class="slip">
      <p class="slip-for" dir="auto">
        <strong>{title}</strong>, {name}
      </p>
      <p class="slip-address">{address}</p>
      <div class="share-link-row">
        <input
          ref={input}
          type="text"
          readOnly
          value={address}
          aria-label={t('way-back.address')}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button kind="primary" onClick={() => void copy()}>
          {t(copied === 'copied' ? 'share.copied' : 'share.copy')}
        </Button>
        <Button onClick={() => window.print()}>{t('minutes.print')}</Button>
      </div>
      <p role="status" class={copied === 'failed' ? 'field-problem' : 'visually-hidden'}>
        {copied === 'failed' && t('share.copy.failed')}
        {copied === 'copied' && t('share.copied')}
      </p>
      <QrCode text={address} label={t('way-back.qr')} />
      <p>{t('way-back.keep')}</p>
      <p class="slip-last">{t('way-back.last')}</p>
    </div>
  );
}
