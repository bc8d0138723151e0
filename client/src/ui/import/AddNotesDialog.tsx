// Adding notes to the case from pasted lines, a table, or a case file: first what would come, then one step that undo takes back.

import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { joinFile, type CaseFile } from '../../case-file';
import { NOTE_PIECES, type PieceId } from '../../domain';
import { t } from '../../i18n';
import { listing } from '../../i18n/listing';
import { freshId } from '../../ids';
import {
  byPiece,
  countEntries,
  countNotes,
  notesFromLines,
  notesFromTable,
  vocabularyOf,
  type RowProblem,
  type Vocabulary,
} from '../../method/import-lines';
import type { CaseSession } from '../../session';
import { checkCaseFile } from '../../start-api';
import { Button } from '../Button';
import { Dialog } from '../Dialog';
import { shortened } from '../panels/place-name';
import { Problem } from '../Problem';
import { showToast } from '../Toast';
import { readCaseFile } from './case-file';

export interface AddNotesDialogProps {
  readonly session: CaseSession;
  readonly onClose: () => void;
}

/** What would come, and what could not be read. */
interface Coming {
  readonly file: CaseFile;
  readonly problems: readonly RowProblem[];
}

/** Below what the server takes in one change, so that undo, redo and coming back from offline fit too. */
const MOST_ENTRIES = 200;
const MOST_SHOWN = 5;
const NOTHING: Coming = { file: {}, problems: [] };

export function AddNotesDialog({ session, onClose }: AddNotesDialogProps): VNode {
  const [piece, setPiece] = useState<PieceId>('resources');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<CaseFile | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const words = useVocabulary();
  const coming = chosen ? { file: chosen, problems: [] } : comingFrom(text, piece, words);
  const count = countNotes(coming.file);
  const isMuch = countEntries(coming.file) > MOST_ENTRIES;
  const locked = byPiece(coming.file.notes)
    .map(([each]) => each)
    .filter((each) => !session.writableAt(each));
  const take = (file: File): void => {
    setFailure(null);
    void readFile(file).then((read) => {
      if (typeof read === 'string') setText(read);
      else setChosen(read);
    }, setFailure);
  };
  const add = (): void => {
    const { edit, doc } = session.document.value;
    const { participant, partner, now = Date.now() } = edit.authorship;
    const stamp = {
      created: now,
      ...(participant !== null && { author: participant }),
      ...(partner !== null && !chosen && { partner }),
    };
    edit.step(() => joinFile(doc, coming.file, { newId: freshId, stamp }));
    onClose();
    showToast({ text: t('add.done', { count }), action: { label: t('undo'), run: () => edit.undo() } });
  };
  return (
    <Dialog title={t('add.title')} look="wide" onClose={onClose}>
      <div class="add-notes">
        {chosen === null ? (
          <Source text={text} piece={piece} onText={setText} onPiece={setPiece} onFile={take} />
        ) : (
          <Button onClick={() => setChosen(null)}>{t('add.other')}</Button>
        )}
        <Problem error={failure} />
        <Preview coming={coming} count={count} />
        {locked.length > 0 && (
          <p class="problem">{t('add.locked', { pieces: listing(locked.map((each) => t(`piece.${each}`))) })}</p>
        )}
        {isMuch && <p class="problem">{t('add.much', { count: MOST_ENTRIES })}</p>}
        <div class="dialog-acts">
          {count > 0 && !isMuch && locked.length === 0 && (
            <Button kind="primary" onClick={add}>
              {t('add.submit', { count })}
            </Button>
          )}
          <Button onClick={onClose}>{t('common.cancel')}</Button>
        </div>
      </div>
    </Dialog>
  );
}

interface SourceProps {
  readonly text: string;
  readonly piece: PieceId;
  readonly onText: (text: string) => void;
  readonly onPiece: (piece: PieceId) => void;
  readonly onFile: (file: File) => void;
}

function Source({ text, piece, onText, onPiece, onFile }: SourceProps): VNode {
  return (
    <>
      <label class="menu-field">
        <span>{t('add.text')}</span>
        <textarea
          dir="auto"
          rows={7}
          value={text}
          placeholder={t('add.text.placeholder')}
          onInput={(event) => onText(event.currentTarget.value)}
        />
      </label>
      <label class="menu-field">
        <span>{t('add.piece')}</span>
        <select value={piece} onChange={(event) => onPiece(event.currentTarget.value as PieceId)}>
          {NOTE_PIECES.map((each) => (
            <option key={each} value={each}>
              {t(`piece.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="menu-field">
        <span>{t('add.file')}</span>
        <input
          type="file"
          accept=".csv,.txt,.tsv,.json"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) onFile(file);
            event.currentTarget.value = '';
          }}
        />
      </label>
    </>
  );
}

function Preview({
  coming: { file, problems },
  count,
}: {
  readonly coming: Coming;
  readonly count: number;
}): VNode | null {
  if (count === 0 && problems.length === 0) return null;
  return (
    <section class="preview" aria-label={t('add.preview')}>
      <h3>{t('add.preview')}</h3>
      {byPiece(file.notes).map(([piece, items]) => (
        <div key={piece}>
          <p>
            <strong>{t(`piece.${piece}`)}</strong> · {t('notes.count', { count: items.length })}
          </p>
          <ul class="add-shown">
            {items.slice(0, MOST_SHOWN).map((item, index) => (
              <li key={index} dir="auto">
                {shortened(item.text, 80)}
              </li>
            ))}
            {items.length > MOST_SHOWN && <li class="quiet">…</li>}
          </ul>
        </div>
      ))}
      {problems.map(({ row, column, value }) => (
        <p key={`${row} ${column}`} class="problem">
          {t('add.problem', { row, value: shortened(value), column: t(`add.column.${column}`) })}
        </p>
      ))}
    </section>
  );
}

/** A table says so in its first row; everything else is a note for each line. */
function comingFrom(text: string, piece: PieceId, words: Vocabulary | null): Coming {
  if (words === null || text.trim() === '') return NOTHING;
  const { notes, problems } = notesFromTable(text, piece, words) ?? notesFromLines(text, piece);
  return { file: { notes }, problems };
}

/** The words of both languages, whichever the screen speaks. */
function useVocabulary(): Vocabulary | null {
  const [words, setWords] = useState<Vocabulary | null>(null);
  useEffect(() => {
    void Promise.all([import('../../i18n/nl'), import('../../i18n/en')]).then(([{ nl }, { en }]) =>
      setWords(vocabularyOf([nl, en])),
    );
  }, []);
  return words;
}

/** A case file once the server found it good, or the text of any other file. */
async function readFile(file: File): Promise<CaseFile | string> {
  const text = await file.text();
  const read = readCaseFile(text, file.size);
  if ('problem' in read) return text;
  await checkCaseFile(read.file);
  return read.file as CaseFile;
}
