// The page of a case: opens the session, and lays bar, canvas, side panel, tray and toasts around each other.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../api';
import { t, wholeLanguage } from '../i18n';
import type { PastMoment } from '../router';
import type { CaseSession, Saving } from '../session';
import { openLive } from '../session-live';
import { Canvas } from './canvas/Canvas';
import { Deferred } from './Deferred';
import type { AfterwardsProps } from './history/Afterwards';
import { SidePanel } from './panels/SidePanel';
import { Toast } from './Toast';
import { TopBar } from './TopBar';

const FETCH_AHEAD_MS = 1500;

const loadAfterwards = async () => (await import('./windows')).Afterwards;
const loadTray = async () => (await import('./windows')).Tray;
const loadOut = async () => (await import('./windows')).OutPage;
const loadBanner = async () => (await import('./windows')).StateBanner;

export interface CasePageProps {
  readonly caseId: string;
  readonly me: Me;
  /** A past moment to begin with, from the address. */
  readonly moment: PastMoment | null;
}

export function CasePage({ caseId, me, moment }: CasePageProps): VNode | null {
  const [session, setSession] = useState<CaseSession | null>(null);
  useEffect(() => {
    const opened = openLive(caseId, me);
    setSession(opened);
    return () => opened.close();
  }, [caseId, me]);
  return session && <OpenCase session={session} moment={moment} />;
}

function OpenCase({ session, moment }: AfterwardsProps): VNode {
  const [settled, setSettled] = useState(false);
  const shown = session.lookingBack.value?.session ?? session;
  const { title } = session.document.value.meta.value;
  useEffect(() => {
    const before = document.title;
    document.title = title === '' ? t('product.name') : `${title} · ${t('product.name')}`;
    return () => void (document.title = before);
  }, [title]);
  useEffect(() => fetchAhead(() => setSettled(true)), []);
  if (isOut(session.saving.value)) return <Deferred load={loadOut} props={{ session }} />;
  return (
    <div class={`case-page${shown === session ? '' : ' is-looking-back'}${session.panel.value ? ' has-panel' : ''}`}>
      <a class="skip-link" href="#canvas" onClick={skipToCanvas}>
        {t('nav.skip')}
      </a>
      <TopBar session={session} />
      {(settled || moment !== null || session.lookingBack.value !== null) && (
        <Deferred load={loadAfterwards} props={{ session, moment }} />
      )}
      <main id="canvas" class="case-main" tabIndex={-1}>
        {(isTrouble(session.saving.value) || session.rules.value.paused) && (
          <Deferred load={loadBanner} props={{ session }} />
        )}
        {session.keptAside.value.length > 0 && <Deferred load={loadTray} props={{ session }} />}
        <Canvas session={shown} />
      </main>
      <SidePanel session={session} shown={shown} />
      <Toast />
    </div>
  );
}

/** By hand: what stands after the `#` of a case's address is a secret or a moment, and is read as one. */
function skipToCanvas(event: Event): void {
  event.preventDefault();
  document.getElementById('canvas')?.focus();
}

const REMOVED = 4405;

/** A facilitator took me out: the case is no longer mine to see. */
function isOut(saving: Saving): boolean {
  return saving.kind === 'closed' && saving.code === REMOVED;
}

/** Nothing can be written, and it is not mine to change. */
function isTrouble(saving: Saving): boolean {
  return saving.kind === 'closed' || (saving.kind === 'read-only' && saving.reason !== 'role');
}

/** Fetch what is loaded on demand while the connection is there: an open case must go on working without one. */
function fetchAhead(onFetched: () => void): () => void {
  const timer = setTimeout(() => {
    Promise.all([wholeLanguage(), import('./windows'), import('./canvas/dragging')]).then(onFetched, () => undefined);
  }, FETCH_AHEAD_MS);
  return () => clearTimeout(timer);
}
