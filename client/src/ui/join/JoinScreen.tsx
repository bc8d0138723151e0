// From a link to a seat at the table in ten seconds: your name, for whom you are here, one button.

import type { VNode } from 'preact';
import { join, type Invitation, type Joined, type Me, type Person } from '../../api';
import { t } from '../../i18n';
import { PersonForm } from '../PersonForm';
import { SiteFrame } from '../SiteFrame';

export interface JoinScreenProps {
  readonly caseId: string;
  readonly secret: string;
  readonly invitation: Invitation;
  /** Who I am here already, when this link gives me another role. */
  readonly me: Me | null;
  readonly onJoined: (joined: Joined) => Promise<void>;
}

export function JoinScreen({ caseId, secret, invitation, me, onJoined }: JoinScreenProps): VNode {
  async function take(person: Person): Promise<void> {
    await onJoined(await join(caseId, secret, person));
  }
  const initial = me === null ? {} : { name: me.name, choice: me.partner ?? 'none' };
  return (
    <SiteFrame width="narrow">
      <div class="join">
        <p class="join-invited">{t('join.invited')}</p>
        <h1 dir="auto">{invitation.title}</h1>
        <p>{t(`join.as.${invitation.role}`)}</p>
        {invitation.has_waiting_room && me === null && <p>{t('join.waiting-room')}</p>}
        <Privacy invitation={invitation} />
        <PersonForm
          partners={invitation.partners}
          initial={initial}
          autoFocus
          submit={t('join.submit')}
          busy={t('join.busy')}
          onSubmit={take}
        />
      </div>
    </SiteFrame>
  );
}

function Privacy({ invitation }: { readonly invitation: Invitation }): VNode {
  const { retention_days: days, people } = invitation;
  const kept = days === null ? t('join.kept.forever') : t('join.kept.days', { count: days });
  return (
    <p class="quiet join-privacy">
      {people > 0 && `${t('join.people', { count: people })} `}
      {t('join.privacy')} {kept}
    </p>
  );
}
