// What stands above the steps: where they lead, and when, by whom, for whom and in which version this roadmap was made.

import type { VNode } from 'preact';
import { LIMITS, ROADMAP_HEADER } from '../../domain';
import { t } from '../../i18n';
import { setHeader } from '../../method-edits';
import { PartLock } from '../canvas/PartLock';
import type { Table } from '../canvas/table';

export function RoadmapHead({ table }: { readonly table: Table }): VNode {
  const ambition = table.document.statements.ambition.value.trim();
  const { header } = table.document.roadmap.value;
  const writable = table.session.writableAt('roadmap');
  return (
    <header class="roadmap-head">
      <div class="roadmap-goal">
        <h2 class="visually-hidden">{t('canvas.roadmap')}</h2>
        <p class="roadmap-goal-title">{t('roadmap.goal')}</p>
        <PartLock part="roadmap" name={t('canvas.roadmap')} />
        {ambition === '' ? (
          <button type="button" class="text-button" onClick={() => table.session.goTo('ambition')}>
            {t('roadmap.goal.none')}
          </button>
        ) : (
          <p class="roadmap-goal-text" dir="auto">
            {ambition}
          </p>
        )}
      </div>
      <dl class="roadmap-facts">
        {ROADMAP_HEADER.map((field) => (
          <div key={field}>
            <dt id={`roadmap-${field}`}>{t(`roadmap.header.${field}`)}</dt>
            <dd>
              {writable ? (
                <input
                  dir="auto"
                  aria-labelledby={`roadmap-${field}`}
                  value={header[field]}
                  maxLength={LIMITS.header}
                  onChange={(event) => setHeader(table.document, field, event.currentTarget.value.trim())}
                  onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
                />
              ) : (
                <bdi>{header[field] || '–'}</bdi>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
