// What one person may do here, for a facilitator: another role, or out of the case. Both hold on that person's screen at once.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { changeStanding, type Standing } from '../../access-api';
import type { Role } from '../../api';
import { t } from '../../i18n';
import { dayName } from '../../i18n/format';
import type { CaseSession } from '../../session';
import { Button } from '../Button';
import { Choices } from '../Choices';
import { ConfirmDialog } from '../ConfirmDialog';
import { Dialog } from '../Dialog';
import { Problem } from '../Problem';
import { showToast } from '../Toast';
import { useSubmit } from '../use-submit';

const ROLES: readonly Role[] = ['partner', 'facilitator', 'critical-friend', 'viewer'];

interface Props {
  readonly session: CaseSession;
  readonly caseId: string;
  readonly person: Standing;
  readonly onChange: () => void;
  readonly onClose: () => void;
}

export function PersonDialog({ session, caseId, person, onChange, onClose }: Props): VNode {
  const [role, setRole] = useState(person.role);
  const [removes, setRemoves] = useState(false);
  const isMe = person.id === session.me.value?.participant;
  const { name } = person;
  const saving = useSubmit(async () => {
    if (role !== person.role) {
      await changeStanding(caseId, person.id, { role });
      showToast({ text: t('person.role.done', { name, role: t(`role.${role}`) }) });
      onChange();
    }
    onClose();
  });
  const remove = async (): Promise<void> => {
    await changeStanding(caseId, person.id, { status: 'removed' });
    showToast({ text: t('person.remove.done', { name }) });
    onChange();
    onClose();
  };
  return (
    <Dialog title={name} onClose={onClose}>
      <p class="quiet">{aboutPerson(session, person)}</p>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          saving.run();
        }}
      >
        <Choices
          label={t(isMe ? 'person.role.mine' : 'person.role', { name })}
          look="rows"
          choices={ROLES.map((each) => ({ value: each, label: <RoleWords role={each} /> }))}
          value={role}
          onChoose={(value) => setRole(value as Role)}
        />
        {isMe && role !== 'facilitator' && <p>{t('person.role.step-down')}</p>}
        <Problem error={saving.failure} />
        <div class="dialog-acts">
          <Button type="submit" kind="primary" busy={saving.busy ? t('common.busy') : null}>
            {t('link.change.submit')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      </form>
      {!isMe && (
        <p class="dialog-foot">
          <Button kind="danger" onClick={() => setRemoves(true)}>
            {t('person.remove', { name })}
          </Button>
        </p>
      )}
      {removes && (
        <ConfirmDialog
          title={t('person.remove.title', { name })}
          act={t('person.remove.act')}
          onConfirm={remove}
          onClose={() => setRemoves(false)}
        >
          <p>{t('person.remove.text', { name })}</p>
          <p class="quiet">{t('person.remove.link')}</p>
        </ConfirmDialog>
      )}
    </Dialog>
  );
}

function RoleWords({ role }: { readonly role: Role }): VNode {
  return (
    <span class="role-words">
      {t(`role.${role}`)} <span class="field-hint">{t(`share.${role}.can`)}</span>
    </span>
  );
}

function aboutPerson(session: CaseSession, { partner, joined_at: joined }: Standing): string {
  const organisation = session.document.value.partner(partner)?.name ?? t('people.none');
  return t('person.since', { partner: organisation, day: dayName(joined, Date.now()) });
}
