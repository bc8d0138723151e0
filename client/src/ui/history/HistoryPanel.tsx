// The past of a case as a list: now, and the sessions before, newest first, with the versions someone named in them. Opening one shows
// the canvas as it was then.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { nameVersion } from '../../history-api';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import { Button } from '../Button';
import { makeWay } from '../panels/on-phone';
import { useNow } from '../panels/use-now';
import { Problem } from '../Problem';
import { useSubmit } from '../use-submit';
import { backToNow, lookBack } from './looking-back';
import { NameForm } from './NameForm';
import { pastOf } from './past';
import { SessionCard } from './SessionCard';
import { sessionAt } from './sessions';

export function HistoryPanel({ session }: { readonly session: CaseSession }): VNode {
  const past = pastOf(session);
  const loading = useSubmit(() => past.refresh());
  const earlier = useSubmit(() => past.earlier());
  const opening = useOpening(session);
  useEffect(() => loading.run(), []); // eslint-disable-line react-hooks/exhaustive-deps -- once, when it is opened
  const now = useNow();
  const sessions = past.sessions.value;
  const shown = session.lookingBack.value;
  const current = shown && sessions && sessionAt(shown.seq, sessions);
  return (
    <div class="history">
      <p class="quiet">{t('history.intro')}</p>
      <NowLine session={session} />
      <SaveVersion session={session} />
      <Problem error={loading.failure ?? earlier.failure ?? opening.failure}>
        {loading.failure !== null && <Button onClick={() => loading.run()}>{t('history.retry')}</Button>}
      </Problem>
      {sessions === null && loading.failure === null && <p role="status">{t('common.loading')}</p>}
      {sessions?.length === 0 && <p class="quiet">{t('history.empty')}</p>}
      <ol class="sessions">
        {sessions?.map((each) => (
          <SessionCard
            key={each.number}
            {...{ session, now }}
            stretch={each}
            current={each === current}
            onOpen={(seq) => opening.open(seq)}
          />
        ))}
      </ol>
      {past.next.value !== null && <Button onClick={() => earlier.run()}>{t('history.more')}</Button>}
    </div>
  );
}

function NowLine({ session }: { readonly session: CaseSession }): VNode {
  return (
    <button
      type="button"
      class="moment"
      aria-current={session.lookingBack.value === null ? 'true' : undefined}
      onClick={() => {
        backToNow(session);
        makeWay(session);
      }}
    >
      <strong>{t('history.now')}</strong>
      <span class="quiet">{t('history.now.text')}</span>
    </button>
  );
}

/** A facilitator names what is on the screen: a past moment, or now. */
function SaveVersion({ session }: { readonly session: CaseSession }): VNode | null {
  const [naming, setNaming] = useState(false);
  if (session.me.value?.role !== 'facilitator') return null;
  const seq = session.lookingBack.value?.seq ?? null;
  if (!naming) {
    return <Button onClick={() => setNaming(true)}>{t(seq === null ? 'version.save' : 'version.save.then')}</Button>;
  }
  const save = async (name: string): Promise<void> => {
    await nameVersion(session.caseId ?? '', name, seq);
    await pastOf(session).refresh();
  };
  return <NameForm label={t('version.name')} value="" required save={save} onDone={() => setNaming(false)} />;
}

interface Opening {
  readonly failure: unknown;
  open(seq: number): void;
}

function useOpening(session: CaseSession): Opening {
  const [failure, setFailure] = useState<unknown>(null);
  function open(seq: number): void {
    setFailure(null);
    lookBack(session, seq).then((shown) => shown && makeWay(session), setFailure);
  }
  return { failure, open };
}
