// A small form in a panel that gives something a name.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { Button } from '../Button';
import { Field } from '../Field';
import { Problem } from '../Problem';
import { useSubmit } from '../use-submit';

interface Props {
  readonly label: string;
  readonly value: string;
  /** Whether it must have a name; else an empty one takes it away. */
  readonly required?: boolean;
  readonly save: (name: string) => Promise<void>;
  readonly onDone: () => void;
}

const LONGEST = 80;

export function NameForm({ label, value, required = false, save, onDone }: Props): VNode {
  const [name, setName] = useState(value);
  const saving = useSubmit(async () => {
    await save(name.trim());
    onDone();
  });
  return (
    <form
      class="rename"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' || !required) saving.run();
      }}
    >
      <Field label={label} value={name} maxLength={LONGEST} autoFocus onInput={setName} />
      <Problem error={saving.failure} />
      <Button type="submit" kind="primary">
        {t('past.save')}
      </Button>
      <Button onClick={onDone}>{t('common.cancel')}</Button>
    </form>
  );
}
