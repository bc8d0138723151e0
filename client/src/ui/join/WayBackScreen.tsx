// Before a way back makes this browser someone else: who one is here now, and the choice.

import type { VNode } from 'preact';
import type { Me } from '../../api';
import { t } from '../../i18n';
import { Button } from '../Button';
import { SiteFrame } from '../SiteFrame';
import { useSubmit } from '../use-submit';

export interface WayBackScreenProps {
  readonly me: Me;
  readonly onBack: () => Promise<void>;
  readonly onStay: () => Promise<void>;
}

export function WayBackScreen({ me, onBack, onStay }: WayBackScreenProps): VNode {
  const returning = useSubmit(onBack);
  return (
    <SiteFrame width="narrow">
      <div class="join">
        <p class="join-invited" dir="auto">
          {me.title}
        </p>
        <h1>{t('back-in.title', { name: me.name })}</h1>
        <p>{t('back-in.text', { name: me.name })}</p>
        <div class="dialog-acts">
          <Button kind="primary" busy={returning.busy ? t('common.busy') : null} onClick={() => returning.run()}>
            {t('back-in.go')}
          </Button>
          <Button onClick={() => void onStay()}>{t('back-in.stay', { name: me.name })}</Button>
        </div>
      </div>
    </SiteFrame>
  );
}
