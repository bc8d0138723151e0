// The door of a case: straight to the canvas for who is in, the join screen for who holds a link, and clear
// words for everyone else.

import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { me } from '../../api';
import { t, wholeLanguage } from '../../i18n';
import type { PastMoment } from '../../router';
import { dropSecret, rememberCase } from '../../storage';
import { CasePage, type CasePageProps } from '../CasePage';
import { Deferred } from '../Deferred';
import { Failure } from '../Failure';
import { problemText } from '../problem-text';
import { JoinScreen } from './JoinScreen';
import { findWayIn, type WayIn } from './way-in';

const loadStranded = async () => (await import('../windows')).StrandedTray;

interface Props {
  readonly caseId: string;
  readonly secret: string | null;
  /** A past moment to open the case in. */
  readonly moment: PastMoment | null;
}

export function CaseDoor({ caseId, secret, moment }: Props): VNode {
  const [way, setWay] = useState<WayIn | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    wayInWithWords(caseId, secret).then(setWay, setFailure);
  }, [caseId, secret]);

  async function enter(): Promise<void> {
    dropSecret(caseId);
    setWay({ way: 'in', me: await me(caseId) });
  }

  if (failure !== null) return <Failure title={t('fault.title')} text={problemText(failure)} reload />;
  if (way === null) return <p class="waiting">{t('common.loading')}</p>;
  switch (way.way) {
    case 'in':
      return <Inside caseId={caseId} me={way.me} moment={moment} />;
    case 'invited':
      return (
        <JoinScreen caseId={caseId} secret={way.secret} invitation={way.invitation} me={way.me} onJoined={enter} />
      );
    case 'refused':
      return (
        <Failure title={t(`join.${way.why}.title`)} text={t(`join.${way.why}.text`)} reload={way.why === 'offline'}>
          <Deferred load={loadStranded} props={{ caseId }} />
        </Failure>
      );
  }
}

/** The words for who cannot come in are not among the first. */
async function wayInWithWords(caseId: string, secret: string | null): Promise<WayIn> {
  const found = await findWayIn(caseId, secret);
  if (found.way === 'refused') await wholeLanguage();
  return found;
}

function Inside({ caseId, me, moment }: CasePageProps): VNode {
  const { title, role } = me;
  // Before the session opens: it looks up who I was here.
  useMemo(() => rememberCase({ id: caseId, title, role, openedAt: Date.now(), me }), [caseId, title, role, me]);
  return <CasePage caseId={caseId} me={me} moment={moment} />;
}
