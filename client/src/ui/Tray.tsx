// Texts of mine that could not be saved: kept where I can see them, to copy and put back. Nothing typed is thrown away.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { isPiece } from '../domain';
import { t } from '../i18n';
import type { CaseSession, KeptText } from '../session';

export function Tray({ session }: { readonly session: CaseSession }): VNode | null {
  const kept = session.keptAside.value;
  if (kept.length === 0) return null;
  const forget = (text: KeptText): void => {
    session.keptAside.value = kept.filter((other) => other !== text);
  };
  return (
    <section class="tray" aria-label={t('tray.title')} role="alert">
      <h2>{t('tray.title')}</h2>
      <p>{t('tray.text')}</p>
      <ul>
        {kept.map((text) => (
          <KeptCard key={`${text.id} ${text.text}`} kept={text} onForget={() => forget(text)} />
        ))}
      </ul>
    </section>
  );
}

interface KeptCardProps {
  readonly kept: KeptText;
  readonly onForget: () => void;
}

function KeptCard({ kept, onForget }: KeptCardProps): VNode {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(kept.text);
    setCopied(true);
  };
  const where = kept.place !== null && isPiece(kept.place) ? t(`piece.${kept.place}`) : '';
  return (
    <li class="kept">
      {where !== '' && <p class="kept-where">{where}</p>}
      {kept.reason !== null && <p class="kept-reason">{kept.reason}</p>}
      <p class="kept-text" dir="auto">
        {kept.text}
      </p>
      <div class="menu-row">
        <button type="button" class="button button-primary" onClick={() => void copy()}>
          {t(copied ? 'tray.copied' : 'tray.copy')}
        </button>
        <button type="button" class="button button-quiet" onClick={onForget}>
          {t('tray.forget')}
        </button>
      </div>
    </li>
  );
}
