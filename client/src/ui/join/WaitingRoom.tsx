// A place to wait until a facilitator opens the door: says for which case, who knows of it, and goes on by itself. It knocks through the
// same connection as a case does; what it hears then is the case's page to show.

import { effect } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Connection, socketAddress, type ConnectionStatus } from '../../connection';
import { t } from '../../i18n';
import { Logo } from '../Logo';
import { SiteFrame } from '../SiteFrame';

/** A sign of life to ask for: the state of an empty document. */
const PROBE = new Uint8Array([0, 0, 1, 0]);

export interface WaitingRoomProps {
  readonly caseId: string;
  /** What the case is called, when that is known here. */
  readonly title: string | null;
  /** A facilitator opened the door. */
  readonly onLetIn: () => void;
  /** The server has an answer other than in: ask it which. */
  readonly onTold: () => void;
}

export function WaitingRoom({ caseId, title, onLetIn, onTold }: WaitingRoomProps): VNode {
  const [isAway, setAway] = useState(false);
  const answers = useRef({ onLetIn, onTold });
  answers.current = { onLetIn, onTold };
  useEffect(() => {
    const connection = new Connection(socketAddress(caseId), {
      onFrame: () => {
        connection.stop();
        answers.current.onLetIn();
      },
      onLost: () => undefined,
      probe: () => PROBE,
    });
    const stopListening = effect(() => hear(connection.status.value));
    connection.start();
    return () => {
      stopListening();
      connection.stop();
    };

    function hear({ kind }: ConnectionStatus): void {
      if (kind === 'waiting') setAway(true);
      if (kind === 'at-the-door') setAway(false);
      if (kind === 'closed') answers.current.onTold();
    }
  }, [caseId]);
  useEffect(() => {
    const before = document.title;
    document.title = `${t('waiting.title')} · ${title ?? t('product.name')}`;
    return () => void (document.title = before);
  }, [title]);
  return (
    <SiteFrame width="narrow">
      <div class="waiting-room">
        <Logo />
        {title !== null && (
          <p class="join-invited" dir="auto">
            {title}
          </p>
        )}
        <h1>{t('waiting.title')}</h1>
        <div role="status">
          <p class="lead">{t(isAway ? 'waiting.away' : 'waiting.text')}</p>
        </div>
        <p class="quiet">{t('waiting.stay')}</p>
      </div>
    </SiteFrame>
  );
}
