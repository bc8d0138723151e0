// Taking a link back: what that does, and what becomes of those who came in by it.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { revokeLink } from '../../access-api';
import type { Link } from '../../api';
import { t } from '../../i18n';
import { Choices } from '../Choices';
import { ConfirmDialog } from '../ConfirmDialog';
import { linkName } from './link-facts';

interface Props {
  readonly caseId: string;
  readonly link: Link;
  /** It is done; what came of it in words. */
  readonly onDone: (told: string) => void;
  readonly onClose: () => void;
}

export function RevokeLink({ caseId, link, onDone, onClose }: Props): VNode {
  const [people, setPeople] = useState<'stay' | 'go'>('stay');
  async function revoke(): Promise<void> {
    const gone = await revokeLink(caseId, link.id, people === 'go');
    onDone(t(gone === 0 ? 'link.revoked' : 'link.revoked.gone', { count: gone }));
  }
  return (
    <ConfirmDialog
      title={t('link.revoke.title', { link: linkName(link) })}
      act={t('link.revoke')}
      onConfirm={revoke}
      onClose={onClose}
    >
      <p>{t('link.revoke.text')}</p>
      {link.taken > 0 && (
        <Choices
          label={t('link.revoke.people', { count: link.taken })}
          look="rows"
          choices={[
            { value: 'stay', label: t('link.revoke.stay') },
            { value: 'go', label: t('link.revoke.go') },
          ]}
          value={people}
          onChoose={(value) => setPeople(value === 'go' ? 'go' : 'stay')}
        />
      )}
      {people === 'go' && <p class="quiet">{t('link.revoke.words')}</p>}
    </ConfirmDialog>
  );
}
