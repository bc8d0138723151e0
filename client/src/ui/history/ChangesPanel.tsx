// What is different between two points of the past, or since then: a list per piece, in words, with who and when. From each the way to
// where it lies, to the life of a note, and back to how it was.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { changes as fetchChanges, type Changes } from '../../history-api';
import { t } from '../../i18n';
import type { CaseSession, Stretch } from '../../session';
import { Button } from '../Button';
import { Problem } from '../Problem';
import { byPiece, pieceTitle, toldChanges } from './change-words';
import { ChangeCard } from './ChangeCard';
import { pastOf } from './past';
import { ToSessions } from './ToSessions';
import { StretchChoice } from './StretchChoice';
import { useAnswer } from './use-answer';

export function ChangesPanel({ session }: { readonly session: CaseSession }): VNode {
  const stretch = session.stretch.value;
  const past = pastOf(session);
  const [again, setAgain] = useState(0);
  const found = useAnswer(async () => {
    if (stretch === null) return null;
    const [answer] = await Promise.all([fetchChanges(past.caseId, stretch), past.refresh()]);
    return answer;
  }, [stretch, again]);
  return (
    <div class="history">
      <ToSessions session={session} />
      {stretch && found.answer && <StretchChoice session={session} stretch={stretch} from={found.answer.from} />}
      {found.answer === null && found.failure === null && <p role="status">{t('common.loading')}</p>}
      <Problem error={found.failure}>
        <Button onClick={() => setAgain(again + 1)}>{t('history.retry')}</Button>
      </Problem>
      {stretch && found.answer && (
        <ChangeList session={session} stretch={stretch} found={found.answer} onRestored={() => setAgain(again + 1)} />
      )}
    </div>
  );
}

interface ListProps {
  readonly session: CaseSession;
  readonly stretch: Stretch;
  readonly found: Changes;
  readonly onRestored: () => void;
}

function ChangeList({ session, stretch, found, onRestored }: ListProps): VNode {
  const count = toldChanges(found.changes).length;
  return (
    <>
      <p role="status" class="quiet">
        {count === 0 ? t('changes.none') : t('changes.count', { count })}
      </p>
      {byPiece(found.changes).map((group) => (
        <section key={group.piece} class="change-piece">
          <h3>{pieceTitle(group)}</h3>
          <ul>
            {group.changes.map((change) => (
              <ChangeCard
                key={`${change.root} ${change.key} ${change.kind}`}
                {...{ session, stretch, found, change, onRestored }}
              />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
