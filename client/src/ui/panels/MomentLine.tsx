// One moment: when, who worked then, and how much changed.

import type { VNode } from 'preact';
import type { Moment } from '../../api';
import { t } from '../../i18n';
import { clockRange, listing } from '../../i18n/format';
import type { People } from './looking-back';

interface Props {
  readonly moment: Moment;
  readonly people: People;
  readonly current: boolean;
  readonly onChoose: () => void;
}

export function MomentLine({ moment, people, current, onChoose }: Props): VNode {
  const names = moment.people.flatMap((id) => people[id]?.name ?? []);
  return (
    <li>
      <button type="button" class="moment" aria-current={current ? 'true' : undefined} onClick={onChoose}>
        <strong>{clockRange(moment.from, moment.to)}</strong>
        <span dir="auto">{names.length > 0 ? listing(names) : t('feed.someone')}</span>
        <span class="quiet">{t('moments.changes', { count: moment.updates })}</span>
      </button>
    </li>
  );
}
