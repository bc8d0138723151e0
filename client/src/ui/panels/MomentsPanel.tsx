// The past of a case as a list of moments, by day. Opening one shows the canvas as it was then.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { moments as fetchMoments, type Moment } from '../../api';
import { t } from '../../i18n';
import { dayName } from '../../i18n/format';
import type { CaseSession } from '../../session';
import { Button } from '../Button';
import { Problem } from '../Problem';
import { useSubmit } from '../use-submit';
import { backToNow } from './back-to-now';
import { lookBack, type People } from './looking-back';
import { MomentLine } from './MomentLine';
import { byDay } from './moments';
import { makeWay } from './on-phone';

interface Loaded {
  readonly moments: readonly Moment[];
  readonly people: People;
  readonly next: number | null;
}

const nothing: Loaded = { moments: [], people: {}, next: null };

export function MomentsPanel({ session }: { readonly session: CaseSession }): VNode {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const loading = useSubmit(async () => setLoaded(await following(session, loaded)));
  const [chosen, setChosen] = useState<Moment | null>(null);
  const opening = useSubmit(async () => {
    if (chosen === null || loaded === null) return;
    await lookBack(session, chosen, loaded.people);
    makeWay(session);
  });
  useEffect(() => loading.run(), []); // eslint-disable-line react-hooks/exhaustive-deps -- the first page, once
  useEffect(() => opening.run(), [chosen]); // eslint-disable-line react-hooks/exhaustive-deps -- once per choice

  const { moments, people, next } = loaded ?? nothing;
  const current = session.lookingBack.value === null ? null : chosen;
  const now = Date.now();
  return (
    <div class="moments">
      <NowLine session={session} current={current === null} onChoose={() => setChosen(null)} />
      <Problem error={loading.failure ?? opening.failure} />
      {loaded && moments.length === 0 && <p class="quiet">{t('moments.empty')}</p>}
      {byDay(moments).map((day) => (
        <section key={day.at}>
          <h3>{dayName(day.at, now)}</h3>
          <ul>
            {day.moments.map((moment) => (
              <MomentLine
                key={moment.seq}
                {...{ moment, people }}
                current={current?.seq === moment.seq}
                onChoose={() => setChosen(moment)}
              />
            ))}
          </ul>
        </section>
      ))}
      {next !== null && <Button onClick={() => loading.run()}>{t('moments.more')}</Button>}
    </div>
  );
}

interface NowProps {
  readonly session: CaseSession;
  readonly current: boolean;
  readonly onChoose: () => void;
}

function NowLine({ session, current, onChoose }: NowProps): VNode {
  function choose(): void {
    backToNow(session);
    onChoose();
  }
  return (
    <button type="button" class="moment" aria-current={current ? 'true' : undefined} onClick={choose}>
      <strong>{t('moments.now')}</strong>
      <span class="quiet">{t('moments.now.text')}</span>
    </button>
  );
}

async function following(session: CaseSession, loaded: Loaded | null): Promise<Loaded> {
  if (session.caseId === null) return nothing;
  const page = await fetchMoments(session.caseId, loaded?.next ?? undefined);
  const earlier = loaded ?? nothing;
  return {
    moments: [...earlier.moments, ...page.moments],
    people: { ...earlier.people, ...page.people },
    next: page.next,
  };
}
