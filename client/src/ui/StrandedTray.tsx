// The tray for who was in a case before and cannot come in any more: what of theirs was not saved, to copy.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { KeptText } from '../session';
import { knownCase } from '../storage';
import { CopyButton, KeptCard } from './Tray';

export function StrandedTray({ caseId }: { readonly caseId: string }): VNode | null {
  const [texts, setTexts] = useState<readonly KeptText[]>([]);
  useEffect(() => {
    void textsOf(caseId).then(setTexts);
  }, [caseId]);
  if (texts.length === 0) return null;
  return (
    <section class="tray" aria-labelledby="tray-title">
      <div class="tray-head">
        <h2 id="tray-title">{t('tray.title')}</h2>
        <p>{t('tray.stranded')}</p>
      </div>
      <ul>
        {texts.map((text) => (
          <KeptCard key={`${text.id} ${text.text}`} kept={text}>
            <CopyButton text={text.text} />
          </KeptCard>
        ))}
      </ul>
    </section>
  );
}

async function textsOf(caseId: string): Promise<readonly KeptText[]> {
  const participant = knownCase(caseId)?.me?.participant;
  if (participant === undefined) return [];
  const { strandedTexts } = await import('../keeping');
  return strandedTexts(caseId, participant);
}
