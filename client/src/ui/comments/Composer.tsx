// Writing a comment. `@` offers the people of the case; Enter says it, Shift+Enter is a new line, Escape lets go.

import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { LIMITS } from '../../domain';
import { t } from '../../i18n';
import { addComment } from '../../method-edits';
import { mentionBegun } from '../../method/mentions';
import type { CaseSession, Person } from '../../session';
import { Button } from '../Button';

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
  const area = useRef<HTMLTextAreaElement>(null);
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
    if (event.key === 'Enter' && !event.shiftKey) {
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
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <Mentions
        people={[...session.people.value.values()]}
        text={text}
        caret={caretOf(area.current, text)}
        onPick={pick}
      />
      {text.trim() !== '' && (
        <Button type="submit" kind="primary">
          {t(onWords ? 'comments.save' : 'comments.say')}
        </Button>
      )}
    </form>
  );

  function pick(person: Person, begun: string, caret: number): void {
    const before = text.slice(0, caret - begun.length);
    setText(`${before}${person.name} ${text.slice(caret)}`);
    area.current?.focus();
  }
}

interface MentionsProps {
  readonly people: readonly Person[];
  readonly text: string;
  readonly caret: number;
  readonly onPick: (person: Person, begun: string, caret: number) => void;
}

function Mentions({ people, text, caret, onPick }: MentionsProps): VNode | null {
  const begun = mentionBegun(text, caret);
  if (begun === null) return null;
  const offered = people
    .filter(({ name }) => name.toLowerCase().startsWith(begun.toLowerCase()))
    .slice(0, MOST_OFFERED);
  if (offered.length === 0 || offered.some(({ name }) => name.toLowerCase() === begun.trim().toLowerCase()))
    return null;
  return (
    <ul class="mention-offers" aria-label={t('comments.mention')}>
      {offered.map((person) => (
        <li key={person.id}>
          <button type="button" onClick={() => onPick(person, begun, caret)}>
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
