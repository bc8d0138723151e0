// The one panel beside the canvas: what is happening, who is here, or the past. Beside the canvas on a wide
// screen, over it on a phone; never modal. Escape closes it and gives the focus back.

import { signal } from '@preact/signals';
import type { ComponentType, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { t, wholeLanguage } from '../../i18n';
import type { CaseSession, PanelName } from '../../session';
import { CloseButton, giveBackFocus } from '../Dialog';
import { feedOf } from './feed-recorder';

interface PanelProps {
  readonly session: CaseSession;
}
type Panels = Readonly<Record<PanelName, ComponentType<PanelProps>>>;

const panels = signal<Panels | null>(null);

/** What these tell is of the canvas that is shown, be it a past one. */
const OF_THE_CANVAS: ReadonlySet<PanelName> = new Set(['balance', 'loose', 'partner', 'links', 'comments', 'search']);

export interface SidePanelProps extends PanelProps {
  /** The session on the canvas, where that is a past moment of `session`. */
  readonly shown?: CaseSession;
}

/** Mount once beside the canvas: it records the feed even while no panel is open. */
export function SidePanel({ session, shown = session }: SidePanelProps): VNode | null {
  useEffect(() => void feedOf(session), [session]);
  const name = session.panel.value;
  if (name === null) return null;
  return <OpenPanel key={name} name={name} session={OF_THE_CANVAS.has(name) ? shown : session} />;
}

function OpenPanel({ name, session }: PanelProps & { readonly name: PanelName }): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => void load(), []);
  useLayoutEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus({ preventScroll: true }); // before what is in the panel: it may take the focus for itself
    return () => giveBackFocus(opener);
  }, []);
  const Panel = panels.value?.[name];
  const close = (): void => void (session.panel.value = null);
  return (
    <aside
      class="side-panel"
      aria-labelledby="side-panel-title"
      onKeyDown={(event) => event.key === 'Escape' && !isInDialog(event.target) && close()}
    >
      <header class="side-panel-head">
        <h2 id="side-panel-title" ref={heading} tabIndex={-1}>
          {t(`panel.${name}`)}
        </h2>
        <CloseButton onClose={close} />
      </header>
      <div class="side-panel-body">
        {Panel ? <Panel key={contentKey(name, session)} session={session} /> : <p>{t('common.loading')}</p>}
      </div>
    </aside>
  );
}

/** What a panel of the canvas tells begins anew with another subject or another moment. */
function contentKey(name: PanelName, session: CaseSession): string {
  return OF_THE_CANVAS.has(name) ? `${session.subject.value ?? ''} ${session.document.value.doc.guid}` : name;
}

/** A dialog of a panel closes itself; the panel stays. */
function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog') !== null;
}

async function load(): Promise<void> {
  await wholeLanguage();
  panels.value ??= (await import('../windows')).panels;
}
