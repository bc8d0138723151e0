// The line under a note: partner mark, who wrote it, the fields of its place, and who else is at it now.

import { useComputed } from '@preact/signals';
import type { VNode } from 'preact';
import type { NoteView } from '../../domain';
import { t } from '../../i18n';
import { amountWords, dayWords } from './amounts';
import { Icon, type IconName } from './icons';
import { PartnerMark } from './PartnerMark';
import { PresenceMarks } from './PresenceMarks';
import { useTable, type Table } from './table';

export function NoteFoot({ note }: { readonly note: NoteView }): VNode | null {
  const table = useTable();
  const partner = table.document.partner(note.partner);
  const names = namesOf(table, note);
  const chips = chipsOf(table, note);
  const others = useComputed(() => table.session.presentAtNote(note.id)).value;
  const links = useComputed(() => table.document.linkCounts.value.get(note.id) ?? 0).value;
  const comments = useComputed(() => table.document.openComments.value.get(note.id) ?? 0).value;
  if (names.length + chips.length + others.length + links + comments === 0) return null;
  return (
    <footer class="note-foot">
      {partner && <PartnerMark partner={partner} />}
      {names.length > 0 && (
        <span class="note-names" dir="auto">
          {names.join(' · ')}
        </span>
      )}
      {chips.map((chip) => (
        <span key={chip} class="chip" dir="auto">
          {chip}
        </span>
      ))}
      {links > 0 && (
        <ChipButton icon="link" count={links} words={t('note.links', { count: links })} onClick={() => open('links')} />
      )}
      {comments > 0 && (
        <ChipButton
          icon="comment"
          count={comments}
          words={t('note.comments', { count: comments })}
          onClick={() => open('comments')}
        />
      )}
      <PresenceMarks people={others} />
    </footer>
  );

  function open(panel: 'links' | 'comments'): void {
    table.openPanel(panel, `notes/${note.id}`);
  }
}

interface ChipButtonProps {
  readonly icon: IconName;
  readonly count: number;
  readonly words: string;
  readonly onClick: () => void;
}

/** A count under a note that opens what is counted. Not on the way of Tab: the menu of the note leads there too. */
function ChipButton({ icon, count, words, onClick }: ChipButtonProps): VNode {
  return (
    <button type="button" class="chip chip-button" aria-label={words} title={words} tabIndex={-1} onClick={onClick}>
      <Icon name={icon} />
      {count}
    </button>
  );
}

/** Who brought it in. What was imported for a partner is that partner's, not of whoever opened the file. */
export function namesOf({ session, document: caseDocument }: Table, note: NoteView): readonly string[] {
  const partner = caseDocument.partner(note.partner)?.name ?? '';
  const author = note.author === null && partner !== '' ? '' : (session.authorOf(note)?.name ?? '');
  return [author, partner].filter((name) => name !== '');
}

/** The fields of a note in words: "Hours · 120", "Financial", "for everyone". */
function chipsOf(table: Table, note: NoteView): string[] {
  const chips: string[] = [];
  const amount = note.amount === null ? '' : amountWords(note);
  const sort = sortOf(note);
  if (sort !== '' || amount !== '') chips.push([sort, amount].filter((words) => words !== '').join(' · '));
  if (note.for !== null) chips.push(beneficiary(table, note.for));
  if (note.due !== null) chips.push(dayWords(note.due));
  if (note.sdg !== null) chips.push(t('note.sdg.chip', { number: note.sdg }));
  return chips.filter((chip) => chip !== '');
}

/** What sort of contribution or return it is; hours are told by their number already. */
function sortOf(note: NoteView): string {
  if (note.place === 'returns' && note.kind) return t(`kind.${note.kind}`);
  if (note.place !== 'contributions' || !note.form) return '';
  return note.form === 'hours' && note.amount !== null ? '' : t(`form.${note.form}`);
}

function beneficiary(table: Table, id: string): string {
  if (id === 'all') return t('for.all');
  const name = table.document.partner(id)?.name ?? table.document.note(id).value?.text ?? '';
  return name === '' ? '' : t('note.for', { name });
}
