// The lock of a part of the case (a piece, a pair, the roadmap): a mark for everyone while it is locked, and for a facilitator the button
// that locks and unlocks it. What a lock holds back is judged by the server; screens ask `session.writableAt`.

import type { VNode } from 'preact';
import { changeRules } from '../../api';
import { t } from '../../i18n';
import { problemText } from '../problem-text';
import { showToast } from '../Toast';
import { announce } from './announce';
import { Icon } from './icons';
import { useTable } from './table';

export interface PartLockProps {
  /** `value`, `roadmap`, `vpc/<pair>`. */
  readonly part: string;
  /** What people call it. */
  readonly name: string;
}

export function PartLock({ part, name }: PartLockProps): VNode | null {
  const { session } = useTable();
  const { locked } = session.rules.value;
  const isLocked = locked.includes(part);
  if (session.kind === 'live' && session.caseId !== null && session.me.value?.role === 'facilitator') {
    return <LockSwitch caseId={session.caseId} {...{ part, name, isLocked }} />;
  }
  if (!isLocked) return null;
  return (
    <span class="piece-lock is-locked" role="img" aria-label={t('lock.told')} title={t('lock.told')}>
      <Icon name="lock" />
      <span aria-hidden="true">{t('lock.mark')}</span>
    </span>
  );
}

interface LockSwitchProps extends PartLockProps {
  readonly caseId: string;
  readonly isLocked: boolean;
}

/** Shows what the server says, so that a lock that could not be set does not seem set. */
function LockSwitch({ caseId, part, name, isLocked }: LockSwitchProps): VNode {
  const words = t(isLocked ? 'lock.open' : 'lock.close', { piece: name });
  const turn = (): void => {
    changeRules(caseId, isLocked ? { unlock: [part] } : { lock: [part] }).then(
      () => announce(t(isLocked ? 'lock.opened' : 'lock.closed', { piece: name })),
      (error: unknown) => showToast({ text: problemText(error) }),
    );
  };
  return (
    <button
      type="button"
      class={`piece-lock ${isLocked ? 'is-locked' : ''}`}
      aria-label={words}
      title={words}
      onClick={turn}
    >
      <Icon name={isLocked ? 'lock' : 'unlock'} />
      {isLocked && <span aria-hidden="true">{t('lock.mark')}</span>}
    </button>
  );
}
