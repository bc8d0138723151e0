// What is known at this screen of the past of a case: its sessions, its named versions, and the bars of the timeline. One for each
// open case, shared by the panel and the timeline.
//
// Moments themselves are fetched by `moment-shelf.ts`; drawing is `HistoryPanel.tsx` and `Timeline.tsx`.

import { signal, type Signal } from '@preact/signals';
import {
  sessionPage,
  timeline,
  versions,
  type Bar,
  type People,
  type Version,
  type WorkSession,
} from '../../history-api';
import type { CaseSession } from '../../session';
import { MomentShelf } from './moment-shelf';

const ROOMY = '(min-width: 40rem)';
const MANY_BARS = 200;
const FEW_BARS = 80;

export class Past {
  readonly caseId: string;
  readonly shelf: MomentShelf;
  /** Newest first; null until they came. */
  readonly sessions: Signal<readonly WorkSession[] | null> = signal(null);
  readonly versions: Signal<readonly Version[]> = signal([]);
  readonly bars: Signal<readonly Bar[]> = signal([]);
  readonly people: Signal<People> = signal({});
  /** The number of the session before which there are more, or null. */
  readonly next: Signal<number | null> = signal(null);
  /** The entry that someone wants to see; it may be under way still. */
  readonly wanted: Signal<number | null> = signal(null);
  #loading: Promise<void> | null = null;

  constructor(caseId: string) {
    this.caseId = caseId;
    this.shelf = new MomentShelf(caseId);
  }

  /** Ask for everything anew; calls meanwhile share one answer. Raises ApiError. */
  refresh(): Promise<void> {
    this.#loading ??= this.#load().finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** Add the sessions before the ones that are here. Raises ApiError. */
  async earlier(): Promise<void> {
    const page = await sessionPage(this.caseId, this.next.peek());
    this.sessions.value = [...(this.sessions.peek() ?? []), ...page.sessions];
    this.next.value = page.next;
    this.people.value = { ...this.people.peek(), ...page.people };
  }

  async #load(): Promise<void> {
    const [page, named, line] = await Promise.all([
      sessionPage(this.caseId, null),
      versions(this.caseId),
      timeline(this.caseId, window.matchMedia(ROOMY).matches ? MANY_BARS : FEW_BARS),
    ]);
    this.sessions.value = page.sessions;
    this.next.value = page.next;
    this.versions.value = named;
    this.bars.value = line.bars;
    this.people.value = { ...page.people, ...line.people };
  }
}

const pasts = new WeakMap<CaseSession, Past>();

/** The past of a live case; asked for nothing yet. */
export function pastOf(session: CaseSession): Past {
  const known = pasts.get(session);
  if (known) return known;
  const fresh = new Past(session.caseId ?? '');
  pasts.set(session, fresh);
  return fresh;
}
