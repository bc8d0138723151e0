// The button that brings one note or statement back, with its dialog. Not there for who may not.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Scope } from '../../history-api';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import { pastOf } from './past';
import { RestoreDialog } from './RestoreDialog';
import { mayRestore } from './restoring';
import { timeOf } from './sessions';

interface Props {
  readonly session: CaseSession;
  readonly scope: Scope;
  readonly seq: number;
  /** The words it has, to recognise it by. */
  readonly text: string;
  /** When it was, where that is known better than the timeline does. */
  readonly at?: number;
  readonly onDone?: () => void;
}

export function RestoreButton({ session, scope, seq, text, at, onDone }: Props): VNode | null {
  const [open, setOpen] = useState(false);
  const past = pastOf(session);
  if (!mayRestore(session, scope)) return null;
  const label = text === '' ? t('change.unnamed') : text;
  return (
    <>
      <button
        type="button"
        class="button button-plain"
        aria-label={t('restore.open.label', { text: label })}
        onClick={() => setOpen(true)}
      >
        {t('restore.open')}
      </button>
      {open && (
        <RestoreDialog
          session={session}
          groups={[['', [{ scope, label }]]]}
          seq={seq}
          at={at ?? timeOf(seq, past.bars.value, past.sessions.value ?? [])}
          onClose={() => setOpen(false)}
          {...(onDone ? { onDone } : {})}
        />
      )}
    </>
  );
}
