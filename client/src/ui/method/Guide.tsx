// What a piece asks, with examples that work and one that does not yet, in the language of the case. Ours, from invented coalitions.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PieceId } from '../../domain';
import { t } from '../../i18n';
import type { GuideOf } from '../../method/guide-nl';
import type { Table } from '../canvas/table';
import { Dialog } from '../Dialog';

export interface GuideProps {
  readonly table: Table;
  readonly piece: PieceId;
  readonly onClose: () => void;
}

export function Guide({ table, piece, onClose }: GuideProps): VNode {
  const { language } = table.document.meta.value;
  const [guide, setGuide] = useState<GuideOf | null>(null);
  useEffect(() => {
    let isWanted = true;
    void load(language).then((texts) => isWanted && setGuide(texts[piece]));
    return () => void (isWanted = false);
  }, [language, piece]);
  return (
    <Dialog title={t(`piece.${piece}`)} onClose={onClose}>
      <div class="guide">
        <p class="guide-question">{t(`piece.${piece}.question`)}</p>
        {guide === null ? (
          <p role="status">{t('common.loading')}</p>
        ) : (
          <div lang={language}>
            <p>{guide.tip}</p>
            <h3>{t('guide.good')}</h3>
            <ul class="guide-good">
              {guide.good.map((example) => (
                <li key={example}>{example}</li>
              ))}
            </ul>
            <h3>{t('guide.weak')}</h3>
            <ul class="guide-weak">
              {guide.weak.map(({ example, why }) => (
                <li key={example}>
                  <q>{example}</q> {why}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Dialog>
  );
}

async function load(language: 'nl' | 'en'): Promise<Readonly<Record<PieceId, GuideOf>>> {
  return language === 'nl'
    ? (await import('../../method/guide-nl')).guideNl
    : (await import('../../method/guide-en')).guideEn;
}
