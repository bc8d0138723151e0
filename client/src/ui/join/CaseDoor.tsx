// The door of a case: straight to the canvas for who is in, the join screen for who holds a link, a place to wait for who has yet to
// be let in, and clear words for everyone else. What is behind the door is loaded while the server is asked.

import type { FunctionComponent, VNode } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { me, type Joined } from '../../api';
import { t, wholeLanguage } from '../../i18n';
import type { CaseFragment } from '../../router';
import { dropSecret, rememberCase } from '../../storage';
import type { CasePageProps } from '../CasePage';
import { Deferred } from '../Deferred';
import { Failure } from '../Failure';
import { problemText } from '../problem-text';
import type { JoinScreenProps } from './JoinScreen';
import type { WaitingRoomProps } from './WaitingRoom';
import type { WayBackScreenProps } from './WayBackScreen';
import { findWayBack, findWayIn, keptWayBack, takeWayBack, type WayIn } from './way-in';

type Way<W extends WayIn['way']> = Extract<WayIn, { way: W }>;

/** A way in, with the screen it leads to. */
type Opened =
  | (Way<'in'> & { readonly Screen: FunctionComponent<CasePageProps> })
  | (Way<'invited'> & { readonly Screen: FunctionComponent<JoinScreenProps> })
  | (Way<'waiting'> & { readonly Screen: FunctionComponent<WaitingRoomProps> })
  | (Way<'back'> & { readonly Screen: FunctionComponent<WayBackScreenProps> })
  | Way<'refused'>;

const loadCase = async () => (await import('../cases')).CasePage;
const loadPages = async () => (await Promise.all([import('../pages'), wholeLanguage()]))[0];
const loadStranded = async () => (await import('../windows')).StrandedTray;

interface Props extends CaseFragment {
  readonly caseId: string;
}

export function CaseDoor({ caseId, secret, back, moment }: Props): VNode {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const take = useCallback(
    (found: Promise<WayIn>): Promise<void> => found.then((way) => open(caseId, way)).then(setOpened, setFailure),
    [caseId],
  );
  useEffect(() => {
    const wayBack = back ?? (secret === null ? keptWayBack(caseId) : null);
    fetchAhead(secret === null ? loadCase : loadPages);
    void take(wayBack === null ? findWayIn(caseId, secret) : findWayBack(caseId, wayBack));
  }, [caseId, secret, back, take]);

  const enter = (): Promise<void> => {
    dropSecret(caseId);
    return take(me(caseId).then((known) => ({ way: 'in', me: known })));
  };

  if (failure !== null) return <Failure title={t('fault.title')} text={problemText(failure)} reload />;
  if (opened === null) return <p class="waiting">{t('common.loading')}</p>;
  switch (opened.way) {
    case 'in':
      return <opened.Screen caseId={caseId} me={opened.me} moment={moment} />;
    case 'invited': {
      const { title } = opened.invitation;
      const joined = ({ role, status }: Joined): Promise<void> => {
        if (status === 'in') return enter();
        rememberCase({ id: caseId, title, role, openedAt: Date.now() });
        return take(Promise.resolve({ way: 'waiting', title }));
      };
      return <opened.Screen {...opened} caseId={caseId} onJoined={joined} />;
    }
    case 'waiting':
      return (
        <opened.Screen
          caseId={caseId}
          title={opened.title}
          onLetIn={() => void enter()}
          onTold={() => void take(findWayIn(caseId, null))}
        />
      );
    case 'back': {
      const { secret: wayBack } = opened;
      return <opened.Screen me={opened.me} onBack={() => take(takeWayBack(caseId, wayBack))} onStay={enter} />;
    }
    case 'refused':
      return <Refused caseId={caseId} why={opened.why} />;
  }
}

/** Loading the page again may help: what stood in the way can be over. */
const PASSING: readonly string[] = ['offline', 'removed', 'turned-away'];

function Refused({ caseId, why }: { readonly caseId: string; readonly why: Way<'refused'>['why'] }): VNode {
  return (
    <Failure title={t(`join.${why}.title`)} text={t(`join.${why}.text`)} reload={PASSING.includes(why)}>
      <Deferred load={loadStranded} props={{ caseId }} />
    </Failure>
  );
}

/** Fetch the screen that a way leads to. The words for who is not in yet are not among the first. */
async function open(caseId: string, way: WayIn): Promise<Opened> {
  switch (way.way) {
    case 'in': {
      const Screen = await loadCase();
      const { title, role } = way.me;
      // Before the session opens: it looks up who I was here.
      rememberCase({ id: caseId, title, role, openedAt: Date.now(), me: way.me });
      return { ...way, Screen };
    }
    case 'invited': {
      const { JoinScreen } = await loadPages();
      fetchAhead(loadCase);
      return { ...way, Screen: JoinScreen };
    }
    case 'waiting': {
      const { WaitingRoom } = await loadPages();
      fetchAhead(loadCase);
      return { ...way, Screen: WaitingRoom };
    }
    case 'back':
      return { ...way, Screen: (await loadPages()).WayBackScreen };
    case 'refused':
      await wholeLanguage();
      return way;
  }
}

/** Begin to load what will be needed; when that fails, it is asked for again where it is. */
function fetchAhead(load: () => Promise<unknown>): void {
  load().catch(() => undefined);
}
