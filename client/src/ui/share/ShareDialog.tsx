// Inviting people: per role one link, what it lets them do, copy, QR code. Participants first, for that is what
// nearly everyone needs. Who may not invite is told whom to ask. Loaded when it is opened.

import '../cases';

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { links as fetchLinks, type Link, type Role } from '../../api';
import { t } from '../../i18n';
import { listing } from '../../i18n/listing';
import type { CaseSession } from '../../session';
import { Dialog } from '../Dialog';
import { Problem } from '../Problem';
import { SaveAsFile } from './SaveAsFile';
import { ShareLink } from './ShareLink';

interface Props {
  readonly session: CaseSession;
  readonly onClose: () => void;
}

const roles: readonly Role[] = ['partner', 'critical-friend', 'viewer', 'facilitator'];

export function ShareDialog({ session, onClose }: Props): VNode {
  const invites = session.me.value?.role === 'facilitator';
  return (
    <Dialog title={t('share.title')} onClose={onClose} look={invites ? 'wide' : 'plain'}>
      {invites && session.caseId !== null ? (
        <Links caseId={session.caseId} title={session.document.value.meta.value.title} />
      ) : (
        <AskFacilitator session={session} />
      )}
      {session.caseId !== null && <SaveAsFile caseId={session.caseId} />}
    </Dialog>
  );
}

function Links({ caseId, title }: { readonly caseId: string; readonly title: string }): VNode {
  const [links, setLinks] = useState<readonly Link[] | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  useEffect(() => {
    fetchLinks(caseId).then(setLinks, setFailure);
  }, [caseId]);
  if (failure !== null) return <Problem error={failure} />;
  if (links === null) return <p>{t('common.loading')}</p>;
  const sorted = roles.flatMap((role) => links.filter((link) => link.role === role));
  return (
    <>
      <ul class="share-links">
        {sorted.map((link, index) => (
          <ShareLink key={link.id} caseId={caseId} title={title} link={link} open={index === 0} />
        ))}
      </ul>
      <p class="quiet">{t('share.secret')}</p>
    </>
  );
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
