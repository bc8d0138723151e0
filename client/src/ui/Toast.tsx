// Short messages at the foot of the screen, with at most one act ("Undo"). They are spoken too, and stay while someone points
// at them or has the focus in them.

import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import { CloseButton } from './Dialog';

export interface ToastContent {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const LINGER_MS = 8000;

const shown = signal<(ToastContent & { readonly number: number }) | null>(null);
let count = 0;

/** Show a message; it takes the place of the one before. Gives the way to take it away again. */
export function showToast(content: ToastContent): () => void {
  count += 1;
  const toast = { ...content, number: count };
  shown.value = toast;
  return () => {
    if (shown.peek() === toast) hideToast();
  };
}

export function hideToast(): void {
  shown.value = null;
}

export function Toast(): VNode {
  const toast = shown.value;
  return (
    <div class="toast-place" role="status" aria-label={t('toast.label')}>
      {toast && <ToastCard key={toast.number} toast={toast} />}
    </div>
  );
}

function ToastCard({ toast }: { readonly toast: ToastContent }): VNode {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const timer = held ? undefined : setTimeout(hideToast, LINGER_MS);
    return () => clearTimeout(timer);
  }, [held]);
  const hold = (): void => setHeld(true);
  const release = (): void => setHeld(false);
  return (
    <div class="toast" onMouseEnter={hold} onMouseLeave={release} onFocusIn={hold} onFocusOut={release}>
      <p dir="auto">{toast.text}</p>
      {toast.action && <ToastAction action={toast.action} />}
      <CloseButton onClose={hideToast} />
    </div>
  );
}

function ToastAction({ action }: { readonly action: NonNullable<ToastContent['action']> }): VNode {
  const run = (): void => {
    action.run();
    hideToast();
  };
  return (
    <button type="button" class="toast-action" onClick={run}>
      {action.label}
    </button>
  );
}
