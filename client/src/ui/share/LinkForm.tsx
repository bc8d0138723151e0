// Making a link, or changing one: for whom, what to call it, and how far it reaches.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { changeLink, makeLink } from '../../access-api';
import type { Link, Role } from '../../api';
import { t } from '../../i18n';
import { Button } from '../Button';
import { Choices } from '../Choices';
import { Dialog } from '../Dialog';
import { Field } from '../Field';
import { Problem } from '../Problem';
import { useSubmit } from '../use-submit';
import { dayOf, draftOf, limitsOf, problemsOf, type LinkDraft, type LinkProblems } from './link-draft';
import { linkName } from './link-facts';

export const ROLES: readonly Role[] = ['partner', 'critical-friend', 'viewer', 'facilitator'];
const MAX_NAME = 60;

interface Props {
  readonly caseId: string;
  /** The link to change, or null for a new one. */
  readonly link: Link | null;
  readonly onDone: (link: Link) => void;
  readonly onClose: () => void;
}

export function LinkForm({ caseId, link, onDone, onClose }: Props): VNode {
  const [draft, setDraft] = useState(() => draftOf(link));
  const [problems, setProblems] = useState<LinkProblems>({});
  const saving = useSubmit(async () => {
    const limits = limitsOf(draft, link);
    onDone(await (link ? changeLink(caseId, link.id, limits) : makeLink(caseId, { role: draft.role, ...limits })));
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    const found = problemsOf(draft, link, Date.now());
    setProblems(found);
    if (Object.keys(found).length === 0) saving.run();
  };
  return (
    <Dialog title={link ? t('link.change.title', { link: linkName(link) }) : t('link.new')} onClose={onClose}>
      <form class="form link-form" noValidate onSubmit={submit}>
        {link === null && <RoleChoice role={draft.role} onChoose={(role) => setDraft({ ...draft, role })} />}
        <LimitFields draft={draft} problems={problems} onChange={setDraft} />
        <Problem error={saving.failure} />
        <div class="dialog-acts">
          <Button type="submit" kind="primary" busy={saving.busy ? t('common.busy') : null}>
            {t(link ? 'link.change.submit' : 'link.make')}
          </Button>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function RoleChoice({ role, onChoose }: { readonly role: Role; readonly onChoose: (role: Role) => void }): VNode {
  return (
    <div class="link-role">
      <Choices
        label={t('link.role')}
        choices={ROLES.map((each) => ({ value: each, label: t(`share.role.${each}`) }))}
        value={role}
        onChoose={(value) => onChoose(value as Role)}
      />
      <p class="quiet">{t(`share.${role}.can`)}</p>
    </div>
  );
}

interface LimitFieldsProps {
  readonly draft: LinkDraft;
  readonly problems: LinkProblems;
  readonly onChange: (draft: LinkDraft) => void;
}

function LimitFields({ draft, problems, onChange }: LimitFieldsProps): VNode {
  return (
    <>
      <Field
        label={t('link.name')}
        hint={t('link.name.hint')}
        value={draft.name}
        maxLength={MAX_NAME}
        onInput={(name) => onChange({ ...draft, name })}
      />
      <div class="link-limits">
        <Field
          label={t('link.until')}
          hint={t('link.until.hint')}
          asks={{ type: 'date', min: dayOf(Date.now()) }}
          value={draft.lastDay}
          problem={problems.lastDay ? t(problems.lastDay) : null}
          onInput={(lastDay) => onChange({ ...draft, lastDay })}
        />
        <Field
          label={t('link.seats')}
          hint={t('link.seats.hint')}
          asks={{ type: 'number', min: 1 }}
          value={draft.seats}
          problem={problems.seats ? t(problems.seats) : null}
          onInput={(seats) => onChange({ ...draft, seats })}
        />
      </div>
      <label class="switch">
        <input
          type="checkbox"
          checked={draft.hasWaitingRoom}
          onChange={(event) => onChange({ ...draft, hasWaitingRoom: event.currentTarget.checked })}
        />
        <span>
          {t('link.waiting-room')}
          <span class="field-hint">{t('link.waiting-room.hint')}</span>
        </span>
      </label>
    </>
  );
}
