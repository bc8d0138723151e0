// For who comes back after a while: one calm line above the canvas that says how much changed meanwhile, and opens the list. Not there
// when nothing did.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { changes } from '../../history-api';
import { t } from '../../i18n';
import { shortDay, shortMoment } from '../../i18n/format';
import type { CaseSession } from '../../session';
import { CloseButton } from '../Dialog';
import { toldChanges } from './change-words';
import { followReturns } from './last-here';

interface News {
  readonly since: number;
  readonly count: number;
}

const DAY_MS = 24 * 3_600_000;

export function SinceLine({ session }: { readonly session: CaseSession }): VNode | null {
  const [news, setNews] = useState<News | null>(null);
  const { caseId } = session;
  useEffect(() => {
    if (caseId === null) return undefined;
    return followReturns(caseId, (since) => {
      // Without a connection there is nothing to tell yet; the feed tells what comes in.
      countSince(caseId, since).then(setNews, () => undefined);
    });
  }, [caseId]);
  if (news === null || news.count === 0 || session.lookingBack.value !== null) return null;
  const open = (): void => {
    session.stretch.value = { from: { since: news.since }, to: null };
    session.panel.value = 'changes';
    setNews(null);
  };
  return (
    <div class="since" role="status">
      <button type="button" class="button button-plain" onClick={open}>
        {t('since.line', { when: whenWords(news.since), changes: t('since.changes', { count: news.count }) })}
      </button>
      <CloseButton onClose={() => setNews(null)} />
    </div>
  );
}

async function countSince(caseId: string, since: number): Promise<News> {
  const found = await changes(caseId, { from: { since }, to: null });
  return { since, count: toldChanges(found.changes).length };
}

/** The day; for less than a day ago the time too. */
function whenWords(since: number): string {
  const now = Date.now();
  return now - since < DAY_MS ? shortMoment(since, now) : shortDay(since, now);
}
