// What becomes news, and how news is put together (client/src/ui/panels/feed.ts).

import { describe, expect, it } from 'vitest';
import type { CaseChange } from '../../../../client/src/document';
import type { NoteView, PartnerView } from '../../../../client/src/domain';
import {
  burstGap,
  bursts,
  entryOfChange,
  pastEntries,
  withEntries,
  type FeedEntry,
} from '../../../../client/src/ui/panels/feed';

const noon = Date.UTC(2026, 10, 24, 12);

function noteWith(fields: Partial<NoteView> = {}): NoteView {
  const nothing = {
    partner: null,
    form: null,
    amount: null,
    kind: null,
    for: null,
    due: null,
    sdg: null,
    also: {},
    author: null,
  };
  return {
    id: 'n1',
    place: 'returns',
    order: 'a0',
    text: 'Warm houses',
    client: 1,
    created: noon,
    ...nothing,
    ...fields,
  };
}

const partner: PartnerView = {
  id: 'p1',
  name: 'Bakery Morrow',
  helix: 'business',
  order: 'a0',
  left: null,
  contact: '',
  mark: 'BM',
  colour: 1,
  hasOwnColour: false,
  patterned: false,
};

const cause = { by: 1, local: false };

function entry(change: CaseChange, at = noon, by: string | null = 'anna'): FeedEntry {
  const made = entryOfChange(change, by, at);
  if (made === null) throw new Error('no news');
  return made;
}

const added = (at = noon, note = noteWith(), by: string | null = 'anna'): FeedEntry =>
  entry({ kind: 'note-added', note, ...cause }, at, by);

describe('entryOfChange', () => {
  it('tells where a moved note came from', () => {
    const moved = entry({
      kind: 'note-moved',
      note: noteWith({ place: 'value' }),
      before: noteWith(),
      ...cause,
    });

    expect([moved.kind, moved.from, moved.place]).toEqual(['moved', 'returns', 'value']);
  });

  it('finds a new order within a piece no news', () => {
    const change = {
      kind: 'note-changed',
      note: noteWith({ order: 'a1' }),
      before: noteWith(),
      ...cause,
    } as const;

    expect(entryOfChange(change, 'anna', noon)).toBeNull();
  });

  it('finds it no news that an empty note vanishes', () => {
    expect(entryOfChange({ kind: 'note-removed', note: noteWith({ text: ' ' }), ...cause }, null, noon)).toBeNull();
  });

  it('tells a partner that left from one that was renamed', () => {
    const left = entry({
      kind: 'partner-changed',
      before: partner,
      partner: { ...partner, left: noon },
      ...cause,
    });
    const renamed = entry({
      kind: 'partner-changed',
      before: partner,
      partner: { ...partner, name: 'x' },
      ...cause,
    });

    expect([left.kind, renamed.kind]).toEqual(['partner.left', 'partner.changed']);
  });
});

describe('withEntries', () => {
  it('keeps typing in a new note one line that says "added"', () => {
    const typed = noteWith({ text: 'Warm houses for all' });
    const edited = entry({ kind: 'note-edited', note: typed, before: noteWith(), ...cause }, noon + 1000);

    const feed = withEntries([added()], [edited]);
    expect(feed.map(({ kind, text }) => [kind, text])).toEqual([['added', 'Warm houses for all']]);
  });

  it('gives another person who edits the same note a line of their own', () => {
    const edited = entry({ kind: 'note-edited', note: noteWith(), before: noteWith(), ...cause }, noon + 1000, 'bo');

    expect(withEntries([added()], [edited]).map(({ by }) => by)).toEqual(['bo', 'anna']);
  });

  it('starts a new line after a pause', () => {
    const edited = entry({ kind: 'note-edited', note: noteWith(), before: noteWith(), ...cause }, noon + burstGap);

    expect(withEntries([added()], [edited])).toHaveLength(2);
  });

  it('puts the latest on top', () => {
    const later = added(noon + 1, noteWith({ id: 'n2' }));

    expect(withEntries([added()], [later]).map(({ subject }) => subject)).toEqual(['n2', 'n1']);
  });
});

describe('pastEntries', () => {
  it('tells of each note once, newest first, and leaves out empty ones and those without a time', () => {
    const notes = [
      noteWith({ id: 'old' }),
      noteWith({ id: 'new', created: noon + 1 }),
      noteWith({ id: 'empty', text: '' }),
      noteWith({ id: 'undated', created: 0 }),
    ];

    expect(pastEntries(notes, () => 'anna').map(({ subject }) => subject)).toEqual(['new', 'old']);
  });
});

describe('bursts', () => {
  it('groups what one person did without a pause', () => {
    const feed = [
      added(noon + 3, noteWith({ id: 'c' }), 'bo'),
      added(noon + 2, noteWith({ id: 'b' })),
      added(noon, noteWith({ id: 'a' })),
      added(noon - burstGap, noteWith({ id: 'z' })),
    ];

    const groups = bursts(feed);
    expect(groups.map(({ entries }) => entries.map(({ subject }) => subject))).toEqual([['c'], ['b', 'a'], ['z']]);
  });
});
