// Who takes up a step: partners and people of the case, picked; each becomes a note in the cell, and goes when it is picked off.

import type { VNode } from 'preact';
import type { NoteView, RoadmapRow } from '../../domain';
import { t } from '../../i18n';
import { Button } from '../Button';
import { PartnerMark } from '../canvas/PartnerMark';
import type { Table } from '../canvas/table';
import { Dialog } from '../Dialog';

export interface WhoDialogProps {
  readonly table: Table;
  readonly row: RoadmapRow;
  readonly onClose: () => void;
}

interface Candidate {
  readonly name: string;
  readonly partner: string | null;
}

export function WhoDialog({ table, row, onClose }: WhoDialogProps): VNode {
  const place = `roadmap/${row}/who`;
  const { document, session } = table;
  const taken = document.notesAt(place).value.flatMap((id) => document.note(id).value ?? []);
  const partners = document.partners.value
    .filter((partner) => partner.left === null)
    .map(({ id, name }) => ({ name, partner: id }));
  const people = [...session.people.value.values()].map(({ name, partner }) => ({ name, partner }));
  const me = session.me.value;
  if (me !== null && !people.some(({ name }) => name === me.name))
    people.unshift({ name: me.name, partner: me.partner });
  const toggle = (candidate: Candidate): void => {
    const note = noteOf(taken, candidate);
    if (note) document.edit.deleteNote(note.id);
    else document.edit.addNote(place, { text: candidate.name, fields: { partner: candidate.partner } });
  };
  return (
    <Dialog title={t('roadmap.who.title')} onClose={onClose}>
      <p class="quiet">{t('roadmap.who.text')}</p>
      <Candidates legend={t('piece.partners')} candidates={partners} taken={taken} table={table} onToggle={toggle} />
      <Candidates legend={t('roadmap.who.people')} candidates={people} taken={taken} table={table} onToggle={toggle} />
      <div class="dialog-acts">
        <Button kind="primary" onClick={onClose}>
          {t('roadmap.who.done')}
        </Button>
      </div>
    </Dialog>
  );
}

interface CandidatesProps {
  readonly legend: string;
  readonly candidates: readonly Candidate[];
  readonly taken: readonly NoteView[];
  readonly table: Table;
  readonly onToggle: (candidate: Candidate) => void;
}

function Candidates({ legend, candidates, taken, table, onToggle }: CandidatesProps): VNode | null {
  if (candidates.length === 0) return null;
  return (
    <fieldset class="who-choice">
      <legend>{legend}</legend>
      {candidates.map((candidate) => (
        <label key={`${candidate.partner ?? ''} ${candidate.name}`} class="who-option">
          <input
            type="checkbox"
            checked={noteOf(taken, candidate) !== undefined}
            onChange={() => onToggle(candidate)}
          />
          <PartnerMark partner={table.document.partner(candidate.partner)} />
          <bdi>{candidate.name}</bdi>
        </label>
      ))}
    </fieldset>
  );
}

function noteOf(taken: readonly NoteView[], { name, partner }: Candidate): NoteView | undefined {
  return taken.find((note) => note.text.trim() === name && note.partner === partner);
}
