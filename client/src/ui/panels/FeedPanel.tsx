// Contributions as they arrive, newest first, in blocks of what one person did in one go. A click goes there.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import { bursts } from './feed';
import { feedOf } from './feed-recorder';
import { FeedBurst } from './FeedBurst';
import { useNow } from './use-now';

export function FeedPanel({ session }: { readonly session: CaseSession }): VNode {
  const feed = feedOf(session);
  const [seenBefore] = useState(feed.seenAt.peek());
  const now = useNow();
  useEffect(() => feed.markSeen(), [feed, feed.entries.value]);
  const groups = bursts(feed.entries.value);
  const firstSeen = groups.findIndex((group) => group.at <= seenBefore);
  if (groups.length === 0) return <p class="quiet">{t('feed.empty')}</p>;
  return (
    <ol class="feed">
      {groups.map((group, index) => (
        <FeedBurst
          key={`${group.entries.at(-1)?.subject ?? ''} ${group.entries.at(-1)?.at ?? 0}`}
          session={session}
          burst={group}
          now={now}
          news={index === 0 && firstSeen > 0}
          seen={seenBefore > 0 && index === firstSeen && index > 0}
        />
      ))}
    </ol>
  );
}
