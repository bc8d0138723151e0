// What is in the chosen case file, in words, and who you are; then it opens as a new case.

import '../shared';

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Person } from '../../api';
import { importCase } from '../../start-api';
import { t } from '../../i18n';
import { listing } from '../../i18n/listing';
import { Dialog } from '../Dialog';
import { enterCase } from '../enter-case';
import { PersonForm } from '../PersonForm';
import { readCaseFile, type Preview, type Unreadable } from './case-file';

export interface ImportDialogProps {
  readonly file: File;
  readonly onClose: () => void;
}

export function ImportDialog({ file, onClose }: ImportDialogProps): VNode {
  const [read, setRead] = useState<Preview | Unreadable | null>(null);
  useEffect(() => {
    file.text().then(
      (text) => setRead(readCaseFile(text, file.size)),
      () => setRead({ problem: 'json' }),
    );
  }, [file]);
  return (
    <Dialog title={t('import.title')} onClose={onClose}>
      {read === null && <p>{t('common.loading')}</p>}
      {read && ('problem' in read ? <Refused unreadable={read} /> : <Readable preview={read} />)}
    </Dialog>
  );
}

function Refused({ unreadable }: { readonly unreadable: Unreadable }): VNode {
  const size = unreadable.problem === 'size' ? unreadable.megabytes : 0;
  return (
    <p role="alert" class="problem">
      {t(`import.problem.${unreadable.problem}`, { size })}
    </p>
  );
}

function Readable({ preview }: { readonly preview: Preview }): VNode {
  const title = preview.title || t('import.untitled');
  async function open(person: Person): Promise<void> {
    enterCase(await importCase(preview.file, person), title);
  }
  return (
    <>
      <Contents preview={preview} title={title} />
      <PersonForm
        submit={t('import.submit')}
        busy={t('import.busy')}
        onFailure={<p>{t('import.refused')}</p>}
        onSubmit={open}
      />
    </>
  );
}

function Contents({ preview, title }: { readonly preview: Preview; readonly title: string }): VNode {
  const { language, impact, notes, partners } = preview;
  return (
    <section class="preview" aria-label={t('import.preview')}>
      <h3 dir="auto">{title}</h3>
      {impact && (
        <p class="preview-impact" dir="auto">
          {impact}
        </p>
      )}
      <p>
        {t('notes.count', { count: notes })} · {t('partners.count', { count: partners.length })}
        {language && ` · ${t('import.language', { language: t(`language.${language}`) })}`}
      </p>
      {partners.length > 0 && (
        <p class="quiet" dir="auto">
          {listing(partners)}
        </p>
      )}
    </section>
  );
}
