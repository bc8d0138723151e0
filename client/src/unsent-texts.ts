// The texts among changes that were not saved, as a document has them, so that nothing typed is lost with a change.
//
// Pure reading; what waits is `unsent.ts`, where the texts are kept `kept-texts.ts`.

import * as Y from 'yjs';
import type { Place } from './domain';
import type { KeptText, Subject } from './unsent';

/** Collect the texts among the unsaved subjects, as the document has them. */
export function textsToKeep(subjects: Iterable<Subject>, doc: Y.Doc, reason: string): readonly KeptText[] {
  return [...subjects].flatMap((subject) => {
    const kept = textOf(subject, doc);
    return kept && kept.text.trim() !== '' ? [{ id: subject, reason, ...kept }] : [];
  });
}

/** Tell whether a document holds this text where it was written. */
export function holdsText(doc: Y.Doc, kept: KeptText): boolean {
  return textOf(kept.id, doc)?.text === kept.text;
}

function textOf(subject: Subject, doc: Y.Doc): { text: string; place: Place | null } | null {
  if (subject.startsWith('statement.')) {
    return { text: doc.getText(subject).toJSON(), place: subject.slice('statement.'.length) };
  }
  const [root, key] = subject.split('/');
  if (root === undefined || key === undefined) return null;
  if (root === 'meta' || root === 'roadmap') return plainText(doc.getMap(root).get(key));
  const entry: unknown = doc.getMap(root).get(key);
  if (!(entry instanceof Y.Map)) return null;
  if (root === 'comments') return plainText(entry.get('text'));
  if (root === 'partners') return { ...plainText(entry.get('name')), place: 'partners' };
  return noteText(entry as Y.Map<unknown>);
}

function noteText(note: Y.Map<unknown>): { text: string; place: Place | null } {
  const text = note.get('text');
  const place = note.get('place');
  return { text: text instanceof Y.Text ? text.toJSON() : '', place: typeof place === 'string' ? place : null };
}

function plainText(value: unknown): { text: string; place: Place | null } {
  return { text: typeof value === 'string' ? value : '', place: null };
}
