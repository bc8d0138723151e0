// The lock of a piece: a mark for everyone while it is locked, and for a facilitator the button that locks and unlocks it. What a lock
// holds back is judged by the server; screens ask `session.writableAt`.

import type { VNode } from 'preact';
import { changeRules } from '../../api';
import type { PieceId } from '../../domain';
import { t } from '../../i18n';
import { problemText } from '../problem-text';
import { showToast } from '../Toast';
import { announce } from './announce';
import { Icon } from './icons';
import { useTable } from './table';

export function PieceLock({ piece }: { readonly piece: PieceId }): VNode | null {
  const { session } = useTable();
  const { locked } = session.rules.value;
  const isLocked = locked.includes(piece);
  if (session.kind === 'live' && session.caseId !== null && session.me.value?.role === 'facilitator') {
    return <LockSwitch caseId={session.caseId} piece={piece} locked={locked} isLocked={isLocked} />;
  }
  if (!isLocked) return null;
  return (
    <span class="piece-lock is-locked" role="img" aria-label={t('lock.told')} title={t('lock.told')}>
      <Icon name="lock" />
      <span aria-hidden="true">{t('lock.mark')}</span>
    </span>
  );
}

interface LockSwitchProps {
  readonly caseId: string;
  readonly piece: PieceId;
  readonly locked: readonly string[];
  readonly isLocked: boolean;
}

/** Shows what the server says, so that a lock that could not be set does not seem set. */
function LockSwitch({ caseId, piece, locked, isLocked }: LockSwitchProps): VNode {
  const name = t(`piece.${piece}`);
  const words = t(isLocked ? 'lock.open' : 'lock.close', { piece: name });
  const turn = (): void => {
    const parts = isLocked ? locked.filter((part) => part !== piece) : [...locked, piece];
    changeRules(caseId, { locked: parts }).then(
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
