// Above the canvas while it shows the past: unmistakably not now, what can be done with this moment, and the way back.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { dateAndTime } from '../../i18n/format';
import { momentAddress } from '../../router';
import type { CaseSession, LookingBack } from '../../session';
import { Button } from '../Button';
import { showToast } from '../Toast';
import { backToNow } from './looking-back';
import { RestoreDialog } from './RestoreDialog';
import { restorations } from './restoring';

export function LookingBackBar({ session }: { readonly session: CaseSession }): VNode | null {
  const back = session.lookingBack.value;
  if (back === null) return null;
  return (
    <div class="looking-back-bar">
      <p role="status">
        <strong>{t('back.title')}</strong> {t('back.text', { when: dateAndTime(back.at) })}
      </p>
      <div class="looking-back-acts">
        <Button onClick={() => compare(session, back)}>{t('back.changes')}</Button>
        <RestoreFromBar session={session} back={back} />
        <Button onClick={() => copyAddress(session, back)}>{t('back.copy')}</Button>
        <Button kind="primary" onClick={() => backToNow(session)}>
          {t('back.now')}
        </Button>
      </div>
    </div>
  );
}

function compare(session: CaseSession, back: LookingBack): void {
  session.stretch.value = { from: { seq: back.seq }, to: null };
  session.panel.value = 'changes';
}

/** Whoever may bring something back chooses what in the dialog. */
function RestoreFromBar({
  session,
  back,
}: {
  readonly session: CaseSession;
  readonly back: LookingBack;
}): VNode | null {
  const [open, setOpen] = useState(false);
  if (!session.writable.value) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('back.restore')}</Button>
      {open && (
        <RestoreDialog
          session={session}
          groups={restorations(session, back.session)}
          seq={back.seq}
          at={back.at}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function copyAddress(session: CaseSession, back: LookingBack): void {
  const address = momentAddress(location.origin, session.caseId ?? '', back.seq);
  // The clipboard is missing outside secure contexts, whatever the type says.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  const done = clipboard?.writeText(address) ?? Promise.reject(new Error('no clipboard'));
  done.then(
    () => showToast({ text: t('back.copied') }),
    () => showToast({ text: t('back.copy.failed', { address }) }),
  );
}
