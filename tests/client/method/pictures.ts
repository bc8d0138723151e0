// Pictures of a case for tests: what is not said is empty.

import type { NoteView, PartnerView } from '../../../client/src/domain';
import { ROADMAP_ROWS } from '../../../client/src/domain';
import type { CasePicture } from '../../../client/src/method/picture';

export function note(id: string, place: string, fields: Partial<NoteView> = {}): NoteView {
  return {
    id,
    place,
    order: id,
    text: id,
    author: null,
    client: 1,
    partner: null,
    created: 0,
    form: null,
    amount: null,
    kind: null,
    for: null,
    due: null,
    sdg: null,
    also: {},
    ...fields,
  };
}

export function partner(id: string, fields: Partial<PartnerView> = {}): PartnerView {
  return {
    id,
    name: id,
    helix: 'business',
    order: id,
    left: null,
    contact: '',
    mark: '··',
    colour: 1,
    hasOwnColour: false,
    patterned: false,
    ...fields,
  };
}

export function picture(parts: Partial<CasePicture>): CasePicture {
  return {
    notes: [],
    partners: [],
    pairs: [],
    links: [],
    comments: [],
    rows: ROADMAP_ROWS,
    statements: { impact: '', ambition: '' },
    ...parts,
  };
}

export function link(from: string, to: string, kind = 'related'): CasePicture['links'][number] {
  return { id: `${from}-${to}`, from, to, kind };
}
