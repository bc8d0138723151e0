// Inviting people: links by role, what each lets them do and how far it reaches; making, changing and taking back. Participants
// first, for that is what nearly everyone needs. Who may not invite is told whom to ask. Loaded when it is opened.

import '../cases';

import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { links as fetchLinks, type Link } from '../../api';
import { t } from '../../i18n';
import { listing } from '../../i18n/listing';
import type { CaseSession } from '../../session';
import { Button } from '../Button';
import { Dialog } from '../Dialog';
import { Problem } from '../Problem';
import { LinkForm, ROLES } from './LinkForm';
import { SaveAsFile } from './SaveAsFile';
import { ShareLink } from './ShareLink';

interface Props {
  readonly session: CaseSession;
  readonly onClose: () => void;
}

export function ShareDialog({ session, onClose }: Props): VNode {
  const invites = session.me.value?.role === 'facilitator';
  return (
    <Dialog title={t('share.title')} onClose={onClose} look={invites ? 'wide' : 'plain'}>
      {invites && session.caseId !== null ? (
        <Links session={session} caseId={session.caseId} />
      ) : (
        <AskFacilitator session={session} />
      )}
      {session.caseId !== null && <SaveAsFile caseId={session.caseId} />}
    </Dialog>
  );
}

interface LinksProps {
  readonly session: CaseSession;
  readonly caseId: string;
}

function Links({ session, caseId }: LinksProps): VNode {
  const { title } = session.document.value.meta.value;
  // Whoever comes in or knocks takes a seat of a link.
  const [people, waiting] = [session.people.value, session.waiting.value];
  const [links, setLinks] = useState<readonly Link[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [fresh, setFresh] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const status = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    let isWanted = true;
    fetchLinks(caseId).then(
      (found) => isWanted && setLinks(found),
      (error: unknown) => isWanted && setFailure(error),
    );
    return () => {
      isWanted = false;
    };
  }, [caseId, people, waiting]);
  useEffect(() => {
    // The button that had the focus is gone with its link.
    if (told !== '') status.current?.focus();
  }, [told]);
  if (links === null && failure !== null) return <Problem error={failure} />;
  if (links === null) return <p>{t('common.loading')}</p>;
  const sorted = ROLES.flatMap((role) => links.filter((link) => link.role === role));
  const put = (changed: Link): void => setLinks(withLink(links, changed));
  const drop = (gone: Link, words: string): void => {
    setLinks(links.filter((link) => link.id !== gone.id));
    setTold(words);
  };
  return (
    <>
      <p ref={status} role="status" tabIndex={-1} class={told === '' ? undefined : 'share-told'}>
        {told}
      </p>
      {links.length === 0 && <p>{t('link.none')}</p>}
      <ul class="share-links">
        {sorted.map((link, index) => (
          <ShareLink
            key={link.id}
            {...{ caseId, title, link }}
            open={index === 0}
            isFresh={link.id === fresh}
            onChange={put}
            onRevoke={(words) => drop(link, words)}
          />
        ))}
      </ul>
      <div class="share-foot">
        <NewLink
          caseId={caseId}
          onMade={(link) => {
            put(link);
            setFresh(link.id);
          }}
        />
        <p class="quiet">{t('share.secret')}</p>
      </div>
    </>
  );
}

function NewLink({ caseId, onMade }: { readonly caseId: string; readonly onMade: (link: Link) => void }): VNode {
  const [open, setOpen] = useState(false);
  const made = (link: Link): void => {
    setOpen(false);
    onMade(link);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('link.new')}</Button>
      {open && <LinkForm caseId={caseId} link={null} onDone={made} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Put a changed link in its place, a new one at the end. */
function withLink(links: readonly Link[], changed: Link): readonly Link[] {
  const isKnown = links.some((link) => link.id === changed.id);
  return isKnown ? links.map((link) => (link.id === changed.id ? changed : link)) : [...links, changed];
}

function AskFacilitator({ session }: { readonly session: CaseSession }): VNode {
  const everyone = [...session.people.value.values()];
  const names = everyone.filter((person) => person.role === 'facilitator').map((person) => person.name);
  return (
    <>
      <p>{t('share.ask')}</p>
      {names.length > 0 && <p>{t('share.facilitators', { names: listing(names) })}</p>}
    </>
  );
}
