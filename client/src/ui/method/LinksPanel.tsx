// The links of one note, partner or statement: what it is tied to and in which sense, the way to untie, and what it could be tied to, the
// most telling first. What is linked stands out on the canvas meanwhile; lines are drawn when they are asked for.

import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { LinkView } from '../../domain';
import { t } from '../../i18n';
import { addLink, removeLink } from '../../method-edits';
import { kindOf, linkBetween, linksAt, otherEnd } from '../../method/links';
import type { CaseSession } from '../../session';
import { announce } from '../canvas/announce';
import { IconButton } from '../canvas/icons';
import { makeWay } from '../panels/on-phone';
import { showToast } from '../Toast';
import { candidatesFor, thingOf, type Candidate, type Thing } from './things';

const MOST_CANDIDATES = 40;

export function LinksPanel({ session }: { readonly session: CaseSession }): VNode {
  const id = (session.subject.value ?? '').replace(/^(notes|partners)\//, '').replace(/^statement\./, '');
  const document = session.document.value;
  const thing = useComputed(() => thingOf(document, id)).value;
  const links = useComputed(() => linksAt(document.links.value, id)).value;
  useHighlight(session, id, links);
  if (thing === null) return <p class="quiet">{t('links.gone')}</p>;
  return (
    <div class="links">
      <p class="links-subject">
        <bdi>{thing.words}</bdi>
        <span class="quiet">{thing.where}</span>
      </p>
      <Linked session={session} thing={thing} links={links} />
      {session.writable.value && <Suggestions session={session} thing={thing} links={links} />}
    </div>
  );
}

interface LinksProps {
  readonly session: CaseSession;
  readonly thing: Thing;
  readonly links: readonly LinkView[];
}

function Linked({ session, thing, links }: LinksProps): VNode {
  const document = session.document.value;
  const shown = links.flatMap((link) => {
    const other = thingOf(document, otherEnd(link, thing.id));
    return other === null ? [] : [{ link, other }];
  });
  const untie = (link: LinkView): void => {
    removeLink(document, link.id);
    showToast({ text: t('links.removed'), action: { label: t('undo'), run: () => document.edit.undo() } });
  };
  if (shown.length === 0) return <p class="quiet">{t('links.none')}</p>;
  return (
    <>
      <ul class="link-list">
        {shown.map(({ link, other }) => (
          <li key={link.id}>
            <span class="link-kind">{sense(link, thing.id)}</span>
            <button type="button" class="link-other" onClick={() => go(session, other)}>
              <bdi>{other.words}</bdi>
              <span class="quiet">{other.where}</span>
            </button>
            {session.writable.value && (
              <IconButton icon="unlink" label={t('links.remove', { other: other.words })} onClick={() => untie(link)} />
            )}
          </li>
        ))}
      </ul>
      <label class="links-lines">
        <input
          type="checkbox"
          checked={session.lines.value}
          onChange={(event) => (session.lines.value = event.currentTarget.checked)}
        />
        {t('links.lines')}
      </label>
    </>
  );
}

function Suggestions({ session, thing, links }: LinksProps): VNode {
  const [search, setSearch] = useState('');
  const document = session.document.value;
  const taken = new Set(links.map((link) => otherEnd(link, thing.id)));
  const found = candidatesFor(document, thing, search).filter(({ id }) => !taken.has(id));
  const tie = (candidate: Candidate): void => {
    addLink(document, linkBetween(thing, candidate));
    announce(t('links.added', { other: candidate.words }));
  };
  return (
    <section class="link-candidates">
      <h3>{t('links.add')}</h3>
      <input
        type="search"
        class="search-field"
        dir="auto"
        aria-label={t('links.search')}
        placeholder={t('links.search')}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      {found.length === 0 && <p class="quiet">{t('links.nothing')}</p>}
      <ul class="link-list">
        {found.slice(0, MOST_CANDIDATES).map((candidate) => (
          <li key={candidate.id}>
            <button type="button" class="link-other" onClick={() => tie(candidate)}>
              <bdi>{candidate.words}</bdi>
              <span class="quiet">{candidate.where}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the link says, read from this end. */
function sense(link: LinkView, from: string): string {
  const kind = kindOf(link);
  return link.from === from ? t(`link.${kind}.to`) : t(`link.${kind}.from`);
}

function go(session: CaseSession, thing: Thing): void {
  makeWay(session);
  session.goTo(thing.place, thing.isNote ? thing.id : null);
}

/** What is linked stands out as long as the panel is open. */
function useHighlight(session: CaseSession, id: string, links: readonly LinkView[]): void {
  useEffect(() => {
    session.highlight.value = new Set([id, ...links.map((link) => otherEnd(link, id))]);
  }, [session, id, links]);
  useEffect(() => () => void (session.highlight.value = new Set()), [session]);
}
