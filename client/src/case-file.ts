// Putting a case file of format `purpose-case/1` in a document: a whole example to look at, or notes that join a case that is there.
//
// Joining keeps what the case has: partners are recognised by their name, however it is capitalised, notes come behind those that lie there, a shared sentence of the
// file becomes a candidate. Checking a file is the server's work (`crdt/casefile.py`); what cannot be read here is passed over.

import * as Y from 'yjs';
import { isStatement, NOTE_PIECES, ROADMAP_CELLS, ROADMAP_HEADER, ROADMAP_ROWS, VPC_CELLS, type Place } from './domain';
import { orderBetween } from './order';

export interface CaseFile {
  readonly title?: string;
  readonly sector?: string | null;
  readonly language?: string;
  readonly sdgs?: readonly number[];
  readonly statements?: Readonly<Record<string, string>>;
  readonly notes?: Readonly<Record<string, readonly CaseFileItem[]>>;
  readonly pairs?: readonly CaseFilePair[];
  readonly links?: readonly { readonly from: Reference; readonly to: Reference; readonly kind?: string }[];
  readonly comments?: readonly { readonly note: string; readonly text: string; readonly [field: string]: unknown }[];
  readonly roadmap?: CaseFileRoadmap;
}

export type CaseFileItem = string | CaseFileNote;

export interface CaseFileNote {
  readonly text: string;
  readonly id?: string;
  readonly partner?: Reference | null;
  readonly helix?: string;
  readonly for?: Reference | null;
  readonly also?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

interface CaseFilePair {
  readonly id?: string;
  readonly audience: string;
  readonly value: string;
  readonly notes?: Cells;
}

type Cells = Readonly<Record<string, readonly CaseFileItem[]>>;
type CaseFileRoadmap = Readonly<Record<string, unknown>> & { readonly steps?: Readonly<Record<string, Cells>> };

/** A partner by name, or something of the file by its id. */
type Reference = string | { readonly note?: string; readonly id?: string; readonly statement?: string };

export interface Joining {
  readonly newId: () => string;
  /** Who and when, for each note and comment. */
  readonly stamp: Readonly<Record<string, string | number>>;
}

const PLAIN_FIELDS = ['form', 'amount', 'kind', 'due', 'sdg'] as const;
const PARTNER_FIELDS = ['left', 'colour', 'mark', 'contact'] as const;

/** Make a document of a whole file. */
export function documentOfFile(file: CaseFile): Y.Doc {
  const doc = new Y.Doc();
  let count = 0;
  const filler = new Filler(doc, { newId: () => `file-${(count += 1)}`, stamp: {} });
  doc.transact(() => {
    filler.fillHead(file);
    filler.fill(file);
  });
  return doc;
}

/** Let what is in a file join a document, within a transaction of the caller. */
export function joinFile(doc: Y.Doc, file: CaseFile, joining: Joining): void {
  const filler = new Filler(doc, joining);
  for (const [piece, text] of Object.entries(file.statements ?? {})) {
    if (isStatement(piece) && text.trim() !== '') filler.addNotes(piece, [text]);
  }
  filler.fill(file);
}

class Filler {
  readonly #doc: Y.Doc;
  readonly #joining: Joining;
  readonly #partners = new Map<string, string>();
  readonly #ids = new Map<string, string>();
  readonly #lastOrders = new Map<string, string>();
  readonly #pairIds: string[] = [];
  readonly #second: (() => void)[] = [];

  constructor(doc: Y.Doc, joining: Joining) {
    this.#doc = doc;
    this.#joining = joining;
    for (const [id, entry] of this.#root('partners')) {
      const name = entry instanceof Y.Map ? (entry.get('name') as unknown) : null;
      if (typeof name === 'string' && !this.#partners.has(recognised(name))) this.#partners.set(recognised(name), id);
      this.#noteOrder('partners', entry);
    }
    for (const [, entry] of this.#root('pairs')) this.#noteOrder('pairs', entry);
    for (const [, entry] of this.#root('notes')) {
      if (entry instanceof Y.Map) this.#noteOrder(String(entry.get('place')), entry);
    }
  }

  /** What belongs to the case as a whole. */
  fillHead(file: CaseFile): void {
    for (const field of ['title', 'sector', 'language'] as const) {
      if (file[field]) this.#root('meta').set(field, file[field]);
    }
    for (const statement of ['impact', 'ambition']) {
      this.#doc.getText(`statement.${statement}`).insert(0, file.statements?.[statement] ?? '');
    }
    const order = file.roadmap?.['order'];
    if (typeof order === 'string') this.#root('roadmap').set('order', order);
  }

  fill(file: CaseFile): void {
    for (const number of file.sdgs ?? []) this.#root('sdgs').set(String(number), true);
    for (const item of file.notes?.['partners'] ?? []) this.#listPartner(noteOf(item));
    for (const pair of file.pairs ?? []) this.#pairIds.push(this.#take(pair.id));
    for (const piece of NOTE_PIECES) this.addNotes(piece, file.notes?.[piece] ?? []);
    for (const [index, pair] of (file.pairs ?? []).entries()) {
      const id = this.#pairIds[index] ?? '';
      this.#put('pairs', id, { ...this.#ends(pair, ['audience', 'value']), order: this.#nextOrder('pairs') });
      for (const cell of VPC_CELLS) this.addNotes(`vpc/${id}/${cell}`, pair.notes?.[cell] ?? []);
    }
    this.#fillRoadmap(file.roadmap ?? {});
    for (const act of this.#second) act();
    for (const { from, to, kind } of file.links ?? []) {
      const ends = { from: this.#refer(from), to: this.#refer(to) };
      if (ends.from !== null && ends.to !== null) this.#put('links', this.#take(), { ...ends, kind });
    }
    for (const { note, text, created, resolved } of file.comments ?? []) {
      const about = this.#ids.get(note);
      if (about !== undefined)
        this.#put('comments', this.#take(), { created, resolved, text, note: about, ...this.#joining.stamp });
    }
  }

  addNotes(place: Place, items: readonly CaseFileItem[]): void {
    for (const item of items) {
      const note = noteOf(item);
      const id = this.#take(note.id);
      const entry = this.#put('notes', id, {
        place,
        order: this.#nextOrder(place),
        ...this.#joining.stamp,
        ...pick(note, PLAIN_FIELDS),
      });
      entry.set('text', new Y.Text(note.text));
      // What a note refers to may come later in the file.
      this.#second.push(() => this.#tie(entry, note));
    }
  }

  #tie(entry: Y.Map<unknown>, { partner, for: beneficiary, also }: CaseFileNote): void {
    const references = { partner: this.#refer(partner), for: beneficiary === 'all' ? 'all' : this.#refer(beneficiary) };
    for (const [field, id] of Object.entries(references)) if (id !== null) entry.set(field, id);
    for (const [place, order] of Object.entries(also ?? {})) entry.set(`also:${this.#realPlace(place)}`, order);
  }

  #fillRoadmap(roadmap: CaseFileRoadmap): void {
    const header = this.#root('roadmap');
    for (const field of ROADMAP_HEADER) {
      const value = roadmap[field];
      if (typeof value === 'string' && !header.get(field)) header.set(field, value);
    }
    for (const row of ROADMAP_ROWS) {
      for (const cell of ROADMAP_CELLS) this.addNotes(`roadmap/${row}/${cell}`, roadmap.steps?.[row]?.[cell] ?? []);
    }
  }

  #listPartner(item: CaseFileNote): void {
    const id = this.#partnerNamed(item.text);
    if (item.id !== undefined) this.#ids.set(item.id, id);
    const entry = this.#root('partners').get(id) as Y.Map<unknown>;
    if (entry.get('order') !== undefined) return;
    const dress = { ...pick(item, PARTNER_FIELDS), helix: item.helix ?? 'other', order: this.#nextOrder('partners') };
    for (const [field, value] of Object.entries(dress)) entry.set(field, value);
  }

  /** Find a partner by name, or make one that is only named. */
  #partnerNamed(name: string): string {
    const known = this.#partners.get(recognised(name));
    if (known !== undefined) return known;
    const id = this.#take();
    this.#partners.set(recognised(name), id);
    this.#put('partners', id, { name });
    return id;
  }

  #ends(pair: CaseFilePair, fields: readonly ('audience' | 'value')[]): Record<string, string> {
    return Object.fromEntries(fields.map((field) => [field, this.#ids.get(pair[field]) ?? '']));
  }

  #refer(reference: Reference | null | undefined): string | null {
    if (reference === null || reference === undefined) return null;
    if (typeof reference === 'string') return reference === '' ? null : this.#partnerNamed(reference);
    return reference.statement ?? this.#ids.get(reference.note ?? reference.id ?? '') ?? null;
  }

  #realPlace(place: string): Place {
    const [canvas, index, cell] = place.split('/');
    return canvas === 'vpc' ? `vpc/${this.#pairIds[Number(index)] ?? ''}/${cell ?? ''}` : place;
  }

  #put(root: string, id: string, values: Readonly<Record<string, unknown>>): Y.Map<unknown> {
    const entry = new Y.Map<unknown>(
      Object.entries(values).filter(([, value]) => value !== undefined && value !== null),
    );
    this.#root(root).set(id, entry);
    return entry;
  }

  #take(fileId?: string): string {
    const id = this.#joining.newId();
    if (fileId !== undefined) this.#ids.set(fileId, id);
    return id;
  }

  #nextOrder(list: string): string {
    const order = orderBetween(this.#lastOrders.get(list) ?? null, null);
    this.#lastOrders.set(list, order);
    return order;
  }

  #noteOrder(list: string, entry: unknown): void {
    const order: unknown = entry instanceof Y.Map ? entry.get('order') : null;
    if (typeof order === 'string' && order > (this.#lastOrders.get(list) ?? '')) this.#lastOrders.set(list, order);
  }

  #root(name: string): Y.Map<unknown> {
    return this.#doc.getMap(name);
  }
}

/** By what a partner is recognised, as on joining (`server/cases.py`). */
function recognised(name: string): string {
  return name.trim().toLowerCase();
}

function noteOf(item: CaseFileItem): CaseFileNote {
  return typeof item === 'string' ? { text: item } : item;
}

function pick(item: CaseFileNote, fields: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field) => [field, item[field]] as const).filter(([, value]) => value !== undefined && value !== null),
  );
}
