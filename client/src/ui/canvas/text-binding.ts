// Binds a textarea to a shared text: what I type goes out as the smallest edit, what others type comes in under my caret without
// moving it.
//
// While an input method is composing (accents, Asian scripts, the keyboards of phones) the textarea must not be touched: my own
// words still go out at once, those of others are held back until the composition ends.

import type * as Y from 'yjs';
import { textEdits, type TextEdit } from '../../text-diff';

type Delta = readonly { readonly retain?: number; readonly delete?: number; readonly insert?: unknown }[];

export interface BindingEvents {
  /** Apply edits to the shared text as this person's change. */
  readonly onEdits: (edits: readonly TextEdit[]) => void;
  /** The textarea shows another value now. */
  readonly onValue: (value: string) => void;
}

export class TextBinding {
  readonly #field: HTMLTextAreaElement;
  readonly #text: Y.Text;
  readonly #events: BindingEvents;
  /** What the textarea and the shared text last agreed on, in the textarea's terms. */
  #shown: string;
  #composing = false;

  constructor(field: HTMLTextAreaElement, text: Y.Text, events: BindingEvents) {
    this.#field = field;
    this.#text = text;
    this.#events = events;
    this.#shown = text.toJSON();
    field.value = this.#shown;
    text.observe(this.#onShared);
    field.addEventListener('input', this.#onInput);
    field.addEventListener('compositionstart', this.#onCompositionStart);
    field.addEventListener('compositionend', this.#onCompositionEnd);
  }

  destroy(): void {
    this.#text.unobserve(this.#onShared);
    this.#field.removeEventListener('input', this.#onInput);
    this.#field.removeEventListener('compositionstart', this.#onCompositionStart);
    this.#field.removeEventListener('compositionend', this.#onCompositionEnd);
  }

  readonly #onInput = (): void => {
    const before = this.#shown;
    this.#shown = this.#field.value;
    const mine = textEdits(before, this.#shown, this.#field.selectionStart);
    const shared = this.#text.toJSON();
    this.#events.onEdits(before === shared ? mine : mine.map((edit) => mapEdit(edit, textEdits(before, shared))));
    this.#events.onValue(this.#shown);
  };

  readonly #onShared = (event: Y.YTextEvent): void => {
    const shared = this.#text.toJSON();
    if (this.#composing || shared === this.#field.value) return;
    this.#show(shared, (index) => mapIndex(index, event.delta as Delta));
  };

  readonly #onCompositionStart = (): void => {
    this.#composing = true;
  };

  readonly #onCompositionEnd = (): void => {
    this.#composing = false;
    if (this.#field.value !== this.#shown) this.#onInput();
    const shared = this.#text.toJSON();
    const held = textEdits(this.#shown, shared);
    if (held.length > 0) this.#show(shared, (index) => mapIndexThroughEdits(index, held));
  };

  #show(value: string, moved: (index: number) => number): void {
    const { selectionStart, selectionEnd, selectionDirection } = this.#field;
    this.#shown = value;
    this.#field.value = value;
    this.#field.setSelectionRange(moved(selectionStart), moved(selectionEnd), selectionDirection);
    this.#events.onValue(value);
  }
}

/** Where a caret goes when a text changes as `delta` says. What is inserted right at the caret comes after it. */
export function mapIndex(index: number, delta: Delta): number {
  let position = 0;
  let moved = index;
  for (const { retain = 0, delete: removed = 0, insert } of delta) {
    if (position >= moved && retain > 0) break;
    if (typeof insert === 'string') {
      if (position < moved) moved += insert.length;
      position += insert.length;
    }
    if (removed > 0) moved -= Math.min(removed, Math.max(0, moved - position));
    position += retain;
  }
  return moved;
}

/** The same for a list of edits, each counting in the text as the earlier ones left it. */
export function mapIndexThroughEdits(index: number, edits: readonly TextEdit[]): number {
  return edits.reduce((moved, edit) => {
    if (edit.index >= moved) return moved;
    return moved - Math.min(edit.removed, moved - edit.index) + edit.inserted.length;
  }, index);
}

function mapEdit(edit: TextEdit, others: readonly TextEdit[]): TextEdit {
  const start = mapIndexThroughEdits(edit.index, others);
  const end = mapIndexThroughEdits(edit.index + edit.removed, others);
  return { index: start, removed: Math.max(0, end - start), inserted: edit.inserted };
}
