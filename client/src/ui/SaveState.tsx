// Whether my work is safe, in a few true words: "saved" appears only when the server has said so.
//
// Between two keystrokes everything is briefly saved; to not flicker, "saved" waits a moment. It never comes early.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t, type Key } from '../i18n';
import type { CaseSession, Saving } from '../session';
import { Icon, type IconName } from './canvas/icons';

const SETTLE_MS = 500;

export function SaveState({ session }: { readonly session: CaseSession }): VNode {
  const saving = useSettled(session.saving.value);
  const { icon, words, tone } = wordsFor(saving);
  return (
    <div class={`save-state is-${tone}`} role="status" data-saving={saving.kind}>
      <Icon name={icon} />
      <span>{words}</span>
      {saving.kind === 'offline' && (
        <button type="button" class="text-button" onClick={() => session.retry()}>
          {t('save.retry')}
        </button>
      )}
    </div>
  );
}

/** Hold back "saved" until it has been so for a moment; everything else shows at once. */
function useSettled(saving: Saving): Saving {
  const [shown, setShown] = useState(saving);
  const waits = saving.kind === 'saved' && shown.kind === 'saving';
  useEffect(() => {
    const timer = setTimeout(() => setShown(saving), waits ? SETTLE_MS : 0);
    return () => clearTimeout(timer);
  }, [saving, waits]);
  return waits ? shown : saving;
}

interface SaveWords {
  readonly icon: IconName;
  readonly words: string;
  readonly tone: 'good' | 'quiet' | 'warn' | 'bad';
}

const ROOM_REASONS: Readonly<Record<string, Key>> = {
  role: 'save.read-only.role',
  still: 'save.read-only.still',
  storage: 'save.read-only.storage',
  paused: 'save.read-only.paused',
};

function wordsFor(saving: Saving): SaveWords {
  switch (saving.kind) {
    case 'connecting':
      return { icon: 'save', words: t('save.connecting'), tone: 'quiet' };
    case 'saved':
      return { icon: 'check', words: t('save.saved'), tone: 'good' };
    case 'saving':
      return { icon: 'save', words: t('save.saving'), tone: 'quiet' };
    case 'offline':
      return { icon: 'offline', words: offlineWords(saving), tone: 'warn' };
    case 'read-only':
      return readOnlyWords(saving.reason);
    case 'closed':
      return { icon: 'warning', words: t(saving.code === 4404 ? 'save.closed.gone' : 'save.closed'), tone: 'bad' };
  }
}

function readOnlyWords(reason: string): SaveWords {
  const words = t(ROOM_REASONS[reason] ?? 'save.read-only.room');
  // What happened is said above the canvas; this only points at it.
  return { icon: reason === 'storage' ? 'warning' : 'eye', words, tone: 'quiet' };
}

function offlineWords({ unsent, kept }: Extract<Saving, { kind: 'offline' }>): string {
  if (unsent === 0) return t('save.offline');
  return t(kept ? 'save.offline.kept' : 'save.offline.tab', { count: unsent });
}
