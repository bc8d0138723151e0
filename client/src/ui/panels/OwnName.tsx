// My own line in the list of people, where I can change how I am called.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { rename } from '../../api';
import { t } from '../../i18n';
import type { CaseSession } from '../../session';
import { remember } from '../../storage';
import { Button } from '../Button';
import { Field } from '../Field';
import { wayBackShown } from '../people/WayBack';
import { limits } from '../person-draft';
import { Problem } from '../Problem';
import { useSubmit } from '../use-submit';

export function OwnName({ session }: { readonly session: CaseSession }): VNode {
  const me = session.me.value;
  const [editing, setEditing] = useState(false);
  if (editing) return <RenameForm session={session} onDone={() => setEditing(false)} />;
  return (
    <span class="person-line">
      <span dir="auto">{me?.name}</span>
      <span class="person-role">{t('people.you')}</span>
      {session.kind === 'live' && (
        <button type="button" class="button button-plain" onClick={() => setEditing(true)}>
          {t('people.rename')}
        </button>
      )}
      {session.kind === 'live' && (
        <button type="button" class="button button-plain" onClick={() => (wayBackShown.value = true)}>
          {t('way-back.title')}
        </button>
      )}
    </span>
  );
}

function RenameForm({ session, onDone }: { readonly session: CaseSession; readonly onDone: () => void }): VNode {
  const [name, setName] = useState(session.me.value?.name ?? '');
  const saving = useSubmit(async () => {
    if (session.caseId === null) return;
    const { participant, role, partner, name: kept } = await rename(session.caseId, name.trim());
    session.me.value = { participant, role, partner, name: kept };
    remember('name', kept);
    onDone();
  });
  return (
    <form
      class="rename"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') saving.run();
      }}
    >
      <Field
        label={t('person.name')}
        value={name}
        maxLength={limits.name}
        autocomplete="name"
        autoFocus
        onInput={setName}
      />
      <Problem error={saving.failure} />
      <Button type="submit" kind="primary">
        {t('people.rename.save')}
      </Button>
      <Button onClick={onDone}>{t('common.cancel')}</Button>
    </form>
  );
}
