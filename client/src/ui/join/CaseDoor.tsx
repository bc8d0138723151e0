// The door of a case: straight to the canvas for who is in, the join screen for who holds a link, and clear
// words for everyone else. What is behind the door is loaded while the server is asked.

import type { FunctionComponent, VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { me } from '../../api';
import { t, wholeLanguage } from '../../i18n';
import type { PastMoment } from '../../router';
import { dropSecret, rememberCase } from '../../storage';
import type { CasePageProps } from '../CasePage';
import { Deferred } from '../Deferred';
import { Failure } from '../Failure';
import { problemText } from '../problem-text';
import type { JoinScreenProps } from './JoinScreen';
import { findWayIn, type WayIn } from './way-in';

type Way<W extends WayIn['way']> = Extract<WayIn, { way: W }>;

/** A way in, with the screen it leads to. */
type Opened =
  | (Way<'in'> & { readonly Screen: FunctionComponent<CasePageProps> })
  | (Way<'invited'> & { readonly Screen: FunctionComponent<JoinScreenProps> })
  | Way<'refused'>;

const loadCase = async () => (await import('../cases')).CasePage;
const loadJoin = async () => (await Promise.all([import('../pages'), wholeLanguage()]))[0].JoinScreen;
const loadStranded = async () => (await import('../windows')).StrandedTray;

interface Props {
  readonly caseId: string;
  readonly secret: string | null;
  /** A past moment to open the case in. */
  readonly moment: PastMoment | null;
}

export function CaseDoor({ caseId, secret, moment }: Props): VNode {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    fetchAhead(secret === null ? loadCase : loadJoin);
    findWayIn(caseId, secret)
      .then((way) => open(caseId, way))
      .then(setOpened, setFailure);
  }, [caseId, secret]);

  async function enter(): Promise<void> {
    dropSecret(caseId);
    setOpened(await open(caseId, { way: 'in', me: await me(caseId) }));
  }

  if (failure !== null) return <Failure title={t('fault.title')} text={problemText(failure)} reload />;
  if (opened === null) return <p class="waiting">{t('common.loading')}</p>;
  switch (opened.way) {
    case 'in':
      return <opened.Screen caseId={caseId} me={opened.me} moment={moment} />;
    case 'invited':
      return <opened.Screen {...opened} caseId={caseId} onJoined={enter} />;
    case 'refused':
      return (
        <Failure
          title={t(`join.${opened.why}.title`)}
          text={t(`join.${opened.why}.text`)}
          reload={opened.why === 'offline'}
        >
          <Deferred load={loadStranded} props={{ caseId }} />
        </Failure>
      );
  }
}

/** Fetch the screen that a way leads to. The words for who is not in yet are not among the first. */
async function open(caseId: string, way: WayIn): Promise<Opened> {
  if (way.way === 'in') {
    const Screen = await loadCase();
    const { title, role } = way.me;
    // Before the session opens: it looks up who I was here.
    rememberCase({ id: caseId, title, role, openedAt: Date.now(), me: way.me });
    return { ...way, Screen };
  }
  if (way.way === 'invited') {
    const Screen = await loadJoin();
    fetchAhead(loadCase);
    return { ...way, Screen };
  }
  await wholeLanguage();
  return way;
}

/** Begin to load what will be needed; when that fails, it is asked for again where it is. */
function fetchAhead(load: () => Promise<unknown>): void {
  load().catch(() => undefined);
}
