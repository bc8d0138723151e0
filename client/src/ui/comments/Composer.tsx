// Writing a comment. `@` offers the people of the case, Enter takes the one that is lit and the arrows light another; else Enter says it,
// Shift+Enter is a new line, Escape lets go of an empty one or of a change.

import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { LIMITS } from '../../domain';
import { t } from '../../i18n';
import { addComment } from '../../method-edits';
import { mentionBegun } from '../../method/mentions';
import type { CaseSession, Person } from '../../session';
import { Button } from '../Button';
import { announce } from '../canvas/announce';

export interface ComposerProps {
  readonly session: CaseSession;
  readonly note: string;
  readonly takesFocus?: boolean;
  /** The words of a comment that is changed; a new one without. */
  readonly words?: string;
  /** Take changed words; without it a comment is added. */
  readonly onWords?: (words: string) => void;
  readonly onDone: () => void;
}

const MOST_OFFERED = 6;

export function Composer({ session, note, takesFocus = false, words = '', onWords, onDone }: ComposerProps): VNode {
  const [text, setText] = useState(words);
  const [lit, setLit] = useState(0);
  const area = useRef<HTMLTextAreaElement>(null);
  const caret = caretOf(area.current, text);
  const offered = offersFor([...session.people.value.values()], text, caret);
  useEffect(() => {
    if (takesFocus) area.current?.focus();
  }, [takesFocus]);
  const say = (): void => {
    if (text.trim() === '') return;
    if (onWords) onWords(text.trim());
    else addComment(session.document.value, note, text.trim());
    setText('');
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const person = offered[lit % offered.length];
    if (person && ['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key) && !event.shiftKey) {
      event.preventDefault();
      if (event.key === 'Enter') pick(person);
      else light(lit + (event.key === 'ArrowDown' ? 1 : offered.length - 1));
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      say();
    } else if (event.key === 'Escape' && (onWords !== undefined || text === '')) {
      event.stopPropagation();
      onDone();
    }
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      <textarea
        ref={area}
        dir="auto"
        rows={2}
        aria-label={t('comments.write')}
        placeholder={t('comments.placeholder')}
        maxLength={LIMITS.comment}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setLit(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Mentions offered={offered} lit={lit % offered.length} onPick={pick} />
      {text.trim() !== '' && (
        <Button type="submit" kind="primary">
          {t(onWords ? 'comments.save' : 'comments.say')}
        </Button>
      )}
    </form>
  );

  function pick(person: Person): void {
    const before = text.slice(0, caret - (mentionBegun(text, caret) ?? '').length);
    setText(`${before}${person.name} ${text.slice(caret)}`);
    area.current?.focus();
  }

  function light(which: number): void {
    setLit(which % offered.length);
    const person = offered[which % offered.length];
    if (person) announce(`@${person.name}`);
  }
}

/** The people whose names begin with what is typed after an `@`; none when one of them is typed out. */
function offersFor(people: readonly Person[], text: string, caret: number): readonly Person[] {
  const begun = mentionBegun(text, caret)?.toLowerCase();
  if (begun === undefined) return [];
  const offered = people.filter(({ name }) => name.toLowerCase().startsWith(begun)).slice(0, MOST_OFFERED);
  return offered.some(({ name }) => name.toLowerCase() === begun.trim()) ? [] : offered;
}

interface MentionsProps {
  readonly offered: readonly Person[];
  readonly lit: number;
  readonly onPick: (person: Person) => void;
}

function Mentions({ offered, lit, onPick }: MentionsProps): VNode | null {
  if (offered.length === 0) return null;
  return (
    <ul class="mention-offers" aria-label={t('comments.mention')}>
      {offered.map((person, index) => (
        <li key={person.id}>
          <button type="button" class={index === lit ? 'is-lit' : ''} onClick={() => onPick(person)}>
            @<bdi>{person.name}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}

function caretOf(area: HTMLTextAreaElement | null, text: string): number {
  return area?.value === text ? area.selectionEnd : text.length;
}
