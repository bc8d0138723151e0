// The whole case as a file on one's own device.

import type { VNode } from 'preact';
import { exportAddress } from '../../api';
import { t } from '../../i18n';

export function SaveAsFile({ caseId }: { readonly caseId: string }): VNode {
  return (
    <section class="save-as-file">
      <p>{t('share.file.text')}</p>
      <a class="button button-quiet" href={exportAddress(caseId)} download>
        {t('share.file')}
      </a>
    </section>
  );
}
