// Opening a case that was saved as a file. The dialog with the preview is loaded once a file is chosen.

import { signal } from '@preact/signals';
import type { ComponentType, VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../../i18n';
import { Button } from '../Button';
import type { ImportDialogProps } from './ImportDialog';

const dialog = signal<ComponentType<ImportDialogProps> | null>(null);
const chosen = signal<File | null>(null);

async function open(file: File): Promise<void> {
  const { ImportDialog } = await import('./ImportDialog');
  dialog.value = ImportDialog;
  chosen.value = file;
}

export function ImportCard(): VNode {
  const input = useRef<HTMLInputElement>(null);
  const ImportDialog = dialog.value;
  return (
    <section class="start-section import-card" aria-labelledby="open-file">
      <div>
        <h2 id="open-file">{t('start.file')}</h2>
        <p class="quiet">{t('start.file.text')}</p>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void open(file);
          event.currentTarget.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()}>{t('start.file.choose')}</Button>
      {ImportDialog && chosen.value && <ImportDialog file={chosen.value} onClose={() => (chosen.value = null)} />}
    </section>
  );
}
