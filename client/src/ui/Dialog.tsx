// A modal dialog on the native element: Escape, focus kept within and given back, inert page behind it.
// Mounted means open; whoever mounts it takes it away in `onClose`.

import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../i18n';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly look?: 'plain' | 'wide' | 'full';
  readonly children: ComponentChildren;
}

export function Dialog({ title, onClose, look = 'plain', children }: Props): VNode {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element?.showModal();
    return () => {
      element?.close();
      giveBackFocus(opener);
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog dialog-${look}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={id} dir="auto">
            {title}
          </h2>
          <CloseButton onClose={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** Give the focus back to what opened something that is gone, unless it was taken elsewhere on purpose. */
export function giveBackFocus(opener: Element | null): void {
  const isFree = document.activeElement === null || document.activeElement === document.body;
  if (isFree && opener instanceof HTMLElement) opener.focus();
}

export function CloseButton({ onClose }: { readonly onClose: () => void }): VNode {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={t('common.close')}
      title={t('common.close')}
      onClick={onClose}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M5 5l10 10M15 5L5 15" />
      </svg>
    </button>
  );
}
