// The one primary act of the start page: a name for the case, who you are, and you sit at the table.

import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Person } from '../../api';
import { startCase } from '../../start-api';
import { isLanguage, language, languages, t, type Language } from '../../i18n';
import { Choices } from '../Choices';
import { enterCase } from '../enter-case';
import { Field } from '../Field';
import { PersonForm } from '../PersonForm';

const maxTitle = 200;

export function StartForm(): VNode {
  const [title, setTitle] = useState('');
  const [missing, setMissing] = useState(false);
  const [chosen, setChosen] = useState<Language | null>(null);
  const inLanguage = chosen ?? language.value;

  function ready(): boolean {
    setMissing(title.trim() === '');
    return title.trim() !== '';
  }

  async function start(person: Person): Promise<void> {
    enterCase(await startCase({ title: title.trim(), language: inLanguage, person }), title.trim());
  }

  const before = (
    <Field
      label={t('start.title')}
      hint={t('start.title.hint')}
      value={title}
      maxLength={maxTitle}
      problem={missing ? t('start.title.missing') : null}
      onInput={setTitle}
    />
  );
  const after = (
    <Choices
      label={t('start.language')}
      choices={languages.map((each) => ({ value: each, label: <span lang={each}>{t(`language.${each}`)}</span> }))}
      value={inLanguage}
      onChoose={(value) => isLanguage(value) && setChosen(value)}
    />
  );
  return (
    <PersonForm {...{ before, after, ready }} submit={t('start.submit')} busy={t('start.busy')} onSubmit={start} />
  );
}
