// Give and take: what each partner brings and what it gets, and the same for the whole. Pure.
//
// Euros, hours and what cannot be counted stand side by side and are never added together. A return for everyone counts for each partner
// as a return, and for the whole once; its amount is not divided, since nobody said how.

import type { Form, NoteView, PartnerView } from '../domain';
import { linksAt, otherEnd } from './links';
import type { CasePicture } from './picture';

/** What lies on one side of the scales. */
export interface Load {
  /** Euros, where an amount is given. */
  readonly euro: number;
  readonly hours: number;
  readonly notes: readonly NoteView[];
}

export interface Given extends Load {
  readonly forms: readonly Form[];
}

export interface Taken {
  readonly financial: Load;
  readonly nonFinancial: Load;
  /** Returns that do not say which of the two they are. */
  readonly unsaid: Load;
  /** Of these, how many are for everyone and not for this partner alone. */
  readonly shared: number;
}

export interface PartnerBalance {
  readonly partner: PartnerView;
  readonly gives: Given;
  readonly takes: Taken;
  readonly givesNothing: boolean;
  readonly takesNothing: boolean;
}

export interface Balance {
  readonly partners: readonly PartnerBalance[];
  readonly whole: { readonly gives: Given; readonly takes: Taken };
  /** Contributions without a partner, and returns that are for nobody yet. */
  readonly nobodys: { readonly contributions: readonly NoteView[]; readonly returns: readonly NoteView[] };
}

/** Weigh what a case gives and takes. Partners that left are weighed only when notes still name them. */
export function balanceOf(picture: CasePicture): Balance {
  const contributions = picture.notes.filter((note) => note.place === 'contributions' && note.text.trim() !== '');
  const returns = picture.notes.filter((note) => note.place === 'returns' && note.text.trim() !== '');
  const receivers = new Map(returns.map((note) => [note.id, receiversOf(note, picture)]));
  const partners = picture.partners
    .map((partner) => partnerBalance(partner, contributions, returns, receivers))
    .filter(({ partner, gives, takes }) => isWeighed(partner) || gives.notes.length > 0 || takesOwn(takes) > 0);
  const known = new Set(picture.partners.map((partner) => partner.id));
  return {
    partners,
    whole: { gives: givenOf(contributions), takes: takenOf(returns, 0) },
    nobodys: {
      contributions: contributions.filter((note) => note.partner === null || !known.has(note.partner)),
      returns: returns.filter((note) => receivers.get(note.id)?.size === 0 && note.for !== 'all'),
    },
  };
}

/** For which partners a return is: the one it names, those it is linked with, and the one that wrote it down when nothing else is said. */
export function receiversOf(
  note: NoteView,
  { partners, links }: Pick<CasePicture, 'partners' | 'links'>,
): ReadonlySet<string> {
  const known = new Set(partners.map((partner) => partner.id));
  const linked = linksAt(links, note.id).map((link) => otherEnd(link, note.id));
  const named = [note.for, ...linked].filter((id): id is string => id !== null && known.has(id));
  if (named.length === 0 && note.for === null && note.partner !== null && known.has(note.partner))
    named.push(note.partner);
  return new Set(named);
}

function partnerBalance(
  partner: PartnerView,
  contributions: readonly NoteView[],
  returns: readonly NoteView[],
  receivers: ReadonlyMap<string, ReadonlySet<string>>,
): PartnerBalance {
  const gives = givenOf(contributions.filter((note) => note.partner === partner.id));
  const own = returns.filter((note) => receivers.get(note.id)?.has(partner.id));
  const shared = returns.filter((note) => note.for === 'all' && !own.includes(note));
  const takes = takenOf([...own, ...shared], shared.length);
  return {
    partner,
    gives,
    takes,
    givesNothing: gives.notes.length === 0,
    takesNothing: own.length + shared.length === 0,
  };
}

function isWeighed(partner: PartnerView): boolean {
  return partner.order !== null && partner.left === null;
}

function takesOwn({ financial, nonFinancial, unsaid, shared }: Taken): number {
  return financial.notes.length + nonFinancial.notes.length + unsaid.notes.length - shared;
}

function givenOf(notes: readonly NoteView[]): Given {
  const forms = new Set(notes.flatMap((note) => (note.form === null ? [] : [note.form])));
  return { ...loadOf(notes), forms: [...forms] };
}

function takenOf(notes: readonly NoteView[], shared: number): Taken {
  return {
    financial: loadOf(notes.filter((note) => note.kind === 'financial')),
    nonFinancial: loadOf(notes.filter((note) => note.kind === 'non-financial')),
    unsaid: loadOf(notes.filter((note) => note.kind === null)),
    shared,
  };
}

function loadOf(notes: readonly NoteView[]): Load {
  const sum = (counted: readonly NoteView[]): number => counted.reduce((total, note) => total + (note.amount ?? 0), 0);
  return {
    euro: sum(notes.filter((note) => note.form !== 'hours')),
    hours: sum(notes.filter((note) => note.form === 'hours')),
    notes,
  };
}
