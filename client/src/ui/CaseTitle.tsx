// The name of the case, changed in its own place: what was typed counts at Enter or on leaving, Escape takes it back.

import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { LIMITS } from '../domain';
import { t } from '../i18n';
import type { CaseSession } from '../session';

export function CaseTitle({ session }: { readonly session: CaseSession }): VNode {
  const field = useRef<HTMLInputElement>(null);
  const { title } = session.document.value.meta.value;
  if (!session.writable.value || session.lookingBack.value !== null) {
    return (
      <p class="case-title" dir="auto">
        {title}
      </p>
    );
  }
  const settle = (): void => {
    const value = field.current?.value.trim() ?? '';
    if (value === '' && field.current) field.current.value = title;
    else if (value !== title) session.document.value.edit.setTitle(value);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    if (event.key === 'Escape' && field.current) field.current.value = title;
    field.current?.blur();
  };
  return (
    <input
      ref={field}
      class="case-title"
      dir="auto"
      value={title}
      maxLength={LIMITS.title}
      aria-label={t('title.label')}
      title={title}
      onBlur={settle}
      onKeyDown={onKey}
    />
  );
}
