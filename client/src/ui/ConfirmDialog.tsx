// Asks before something that reaches other people: what will happen, in honest words, and one button that does it.

import type { ComponentChildren, VNode } from 'preact';
import { t } from '../i18n';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { Problem } from './Problem';
import { useSubmit } from './use-submit';

interface Props {
  readonly title: string;
  readonly act: string;
  readonly children: ComponentChildren;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

export function ConfirmDialog({ title, act, children, onConfirm, onClose }: Props): VNode {
  const doing = useSubmit(onConfirm);
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <Problem error={doing.failure} />
      <div class="dialog-acts">
        <Button kind="danger" busy={doing.busy ? t('common.busy') : null} onClick={() => doing.run()}>
          {act}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </Dialog>
  );
}
