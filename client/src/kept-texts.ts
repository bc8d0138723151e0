// The tray: texts of mine that could not be saved, kept until they are put back or no longer needed. They outlive the page.
//
// They stand in localStorage, which is written at once, and follow what other tabs do with them; a browser without it keeps them as
// long as the page. What belongs in the tray is `session-live.ts`'s to say; which texts a change held is `unsent-texts.ts`.

import { signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { remember, remembered, storageKey } from './storage';
import type { KeptText } from './unsent';

export class KeptTexts {
  readonly texts: ReadonlySignal<readonly KeptText[]>;
  readonly #texts: Signal<readonly KeptText[]>;
  readonly #key: string;

  constructor(caseId: string, participant: string) {
    this.#key = trayKey(caseId, participant);
    this.#texts = signal(read(this.#key));
    this.texts = this.#texts;
    window.addEventListener('storage', this.#onOtherTab);
  }

  /** Put texts aside; one that is there already stays as it is. */
  keep(texts: readonly KeptText[]): void {
    if (texts.length > 0) this.#change((kept) => [...kept, ...texts.filter((text) => !kept.some(sameAs(text)))]);
  }

  /** Let go of the texts that are no longer needed. */
  forget(isNeedless: (text: KeptText) => boolean): void {
    if (this.#texts.peek().some(isNeedless)) this.#change((kept) => kept.filter((text) => !isNeedless(text)));
  }

  close(): void {
    window.removeEventListener('storage', this.#onOtherTab);
  }

  /** Another tab may have changed the tray a moment ago, so what is stored goes before what is shown. */
  #change(change: (kept: readonly KeptText[]) => readonly KeptText[]): void {
    const stored = remembered(this.#key) === null ? this.#texts.peek() : read(this.#key);
    this.#texts.value = change(stored);
    remember(this.#key, JSON.stringify(this.#texts.peek()));
  }

  readonly #onOtherTab = (event: StorageEvent): void => {
    if (event.key === storageKey(this.#key)) this.#texts.value = read(this.#key);
  };
}

function trayKey(caseId: string, participant: string): string {
  return `tray.${caseId}.${participant}`;
}

export function sameAs(one: KeptText): (other: KeptText) => boolean {
  return (other) => other.id === one.id && other.text === one.text;
}

/** The texts put aside for someone in a case, as they stand now. */
export function keptFor(caseId: string, participant: string): readonly KeptText[] {
  return read(trayKey(caseId, participant));
}

function read(key: string): readonly KeptText[] {
  try {
    const parsed: unknown = JSON.parse(remembered(key) ?? '[]');
    return Array.isArray(parsed) ? (parsed as KeptText[]) : [];
  } catch {
    return [];
  }
}
