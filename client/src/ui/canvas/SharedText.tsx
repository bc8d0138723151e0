// A textarea on a shared text, as high as its words. A copy of the words lies under it: it gives the height, shows the carets of
// the others, and is what prints.
//
// Keeping the two texts equal is `text-binding.ts`; what Enter and Escape mean is told by whoever uses this.

import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import * as Y from 'yjs';
import { listing } from '../../i18n/listing';
import type { PresentPerson } from '../../session';
import { caretSegments } from './carets';
import { partnerClass } from './PartnerMark';
import { useTable } from './table';
import { TextBinding } from './text-binding';

export interface SharedTextProps {
  readonly text: Y.Text;
  /** How presence names this text: a note id or `statement.impact`. */
  readonly presenceKey: string;
  readonly label: string;
  readonly placeholder: string;
  readonly maxLength: number;
  readonly takesFocus?: boolean;
  readonly describedBy?: string;
  readonly onDone: (refocus: boolean) => void;
}

const TYPING_LINGER_MS = 2500;

export function SharedText(props: SharedTextProps): VNode {
  const table = useTable();
  const field = useRef<HTMLTextAreaElement>(null);
  const [value, setValue] = useState(() => props.text.toJSON());
  const { text, presenceKey } = props;
  useBinding(field, text, setValue);
  useCaretBroadcast(field, text, presenceKey, value);
  useInitialFocus(field, props.takesFocus === true);
  const others = table.session.presentAtNote(presenceKey);
  return (
    <div class="shared-text">
      <SharedMirror value={value} text={text} others={others} placeholder={props.placeholder} />
      <textarea
        ref={field}
        dir="auto"
        rows={1}
        aria-label={props.label}
        {...(props.describedBy === undefined ? {} : { 'aria-describedby': props.describedBy })}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        enterkeyhint="done"
        data-shared="true"
        onKeyDown={(event) => onKey(event, props.onDone)}
        onBlur={() => props.onDone(false)}
      />
    </div>
  );
}

function useBinding(
  field: { readonly current: HTMLTextAreaElement | null },
  text: Y.Text,
  setValue: (value: string) => void,
): void {
  const table = useTable();
  useLayoutEffect(() => {
    if (!field.current) return undefined;
    const binding = new TextBinding(field.current, text, {
      onEdits: (edits) => table.document.edit.editText(text, edits),
      onValue: setValue,
    });
    setValue(text.toJSON());
    return () => binding.destroy();
  }, [field, text, table, setValue]);
}

function useInitialFocus(field: { readonly current: HTMLTextAreaElement | null }, takesFocus: boolean): void {
  useLayoutEffect(() => {
    if (!takesFocus || !field.current) return;
    const end = field.current.value.length;
    field.current.focus();
    field.current.setSelectionRange(end, end);
  }, [field, takesFocus]);
}

/** Tell the others where my caret is while I am in this text. */
function useCaretBroadcast(
  field: { readonly current: HTMLTextAreaElement | null },
  text: Y.Text,
  presenceKey: string,
  value: string,
): void {
  const { session } = useTable();
  const typed = useRef(value);
  useEffect(() => {
    const tell = (): void => {
      if (document.activeElement !== field.current || !field.current) return;
      const position = Y.createRelativePositionFromTypeIndex(text, field.current.selectionStart);
      session.tellPresence({ note: presenceKey, cursor: Y.relativePositionToJSON(position) as unknown });
    };
    const gone = (): void => session.tellPresence({ note: null, typing: false, cursor: null });
    const element = field.current;
    document.addEventListener('selectionchange', tell);
    element?.addEventListener('blur', gone);
    tell();
    return () => {
      document.removeEventListener('selectionchange', tell);
      element?.removeEventListener('blur', gone);
      if (document.activeElement === element) gone();
    };
  }, [field, text, presenceKey, session]);
  useEffect(() => {
    if (typed.current === value || document.activeElement !== field.current) return undefined;
    typed.current = value;
    session.tellPresence({ typing: true });
    const timer = setTimeout(() => session.tellPresence({ typing: false }), TYPING_LINGER_MS);
    return () => clearTimeout(timer);
  }, [field, value, session]);
}

function onKey(event: KeyboardEvent, done: (refocus: boolean) => void): void {
  const isDone = event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey);
  if (!isDone || event.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  done(true);
}

interface SharedMirrorProps {
  readonly value: string;
  readonly text: Y.Text;
  readonly others: readonly PresentPerson[];
  readonly placeholder: string;
}

function SharedMirror({ value, text, others, placeholder }: SharedMirrorProps): VNode {
  const { document: caseDocument } = useTable();
  return (
    <p class="shared-mirror" dir="auto" aria-hidden="true">
      {caretSegments(value, text, others).map((segment) => (
        <>
          {segment.text}
          {segment.here.length > 0 && (
            <span
              class={`caret ${partnerClass(caseDocument.partner(segment.here[0]?.partner ?? null))}`}
              data-name={listing(segment.here.map((person) => person.name))}
            />
          )}
        </>
      ))}
      {value === '' ? placeholder : ''}
      {'\u200b'}
    </p>
  );
}
