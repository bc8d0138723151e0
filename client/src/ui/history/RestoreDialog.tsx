// Before something is brought back: what will happen, to what, in words, and that it can be undone.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Scope } from '../../history-api';
import { t } from '../../i18n';
import { dateAndTime } from '../../i18n/format';
import type { CaseSession } from '../../session';
import { Button } from '../Button';
import { Dialog } from '../Dialog';
import { placeName } from '../panels/place-name';
import { makeWay } from '../panels/on-phone';
import { Problem } from '../Problem';
import { useSubmit } from '../use-submit';
import { bringBack, type Restoration } from './restoring';

interface Props {
  readonly session: CaseSession;
  /** What can be brought back, in groups; one alone leaves nothing to choose. */
  readonly groups: readonly (readonly [string, readonly Restoration[]])[];
  readonly seq: number;
  /** When that was. */
  readonly at: number;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}

export function RestoreDialog({ session, groups, seq, at, onClose, onDone }: Props): VNode {
  const all = groups.flatMap(([, list]) => list);
  const [chosen, setChosen] = useState(0);
  const restoration = all[chosen];
  const restoring = useSubmit(async () => {
    if (!restoration) return;
    await bringBack(session, restoration.scope, seq);
    makeWay(session);
    onDone?.();
    onClose();
  });
  return (
    <Dialog title={t('restore.title')} onClose={onClose}>
      <form
        class="restore"
        onSubmit={(event) => {
          event.preventDefault();
          restoring.run();
        }}
      >
        {all.length > 1 && <Choice groups={groups} all={all} chosen={chosen} onChoose={setChosen} />}
        {all.length === 1 && restoration && (
          <blockquote class="restore-what" dir="auto">
            {restoration.label}
          </blockquote>
        )}
        {restoration && <p>{explanation(restoration.scope, at)}</p>}
        <p>{t('restore.undo')}</p>
        <Problem error={restoring.failure} />
        <div class="menu-row">
          <Button type="submit" kind="primary" busy={restoring.busy ? t('restore.busy') : null}>
            {t('restore.submit')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly groups: Props['groups'];
  readonly all: readonly Restoration[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
}

function Choice({ groups, all, chosen, onChoose }: ChoiceProps): VNode {
  return (
    <label class="menu-field">
      <span>{t('restore.what')}</span>
      <select value={chosen} onChange={(event) => onChoose(Number(event.currentTarget.value))}>
        {groups.map(([title, list]) => (
          <optgroup key={title} label={title}>
            {list.map((each) => (
              <option key={all.indexOf(each)} value={all.indexOf(each)}>
                {each.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function explanation({ kind, key }: Scope, at: number): string {
  return t(`restore.explain.${kind}`, { when: dateAndTime(at), piece: kind === 'piece' ? placeName(key) : '' });
}
