// A case that stands still (client/src/session-still.ts).

import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openStill } from '../../client/src/session-still';
import { documentOf } from './documents';

const FILE = {
  title: 'Warm dorp',
  sector: 'energie',
  language: 'nl',
  sdgs: [7, 11],
  statements: { impact: 'Elk huis warm' },
  notes: {
    partners: [{ text: 'Gemeente', helix: 'government' }, 'Bakkerij'],
    value: ['een briefje', { text: 'nog een', partner: 'Bakkerij' }],
    returns: [{ text: 'winst', kind: 'financial', amount: 100, for: 'Molenaar' }],
    unknown: ['blijft weg'],
  },
};

describe('openStill', () => {
  it('shows a case file as the canvas would', () => {
    const { document, writable } = openStill(FILE);
    const words = document.value.sortedNotes('value').map((note) => note.text);

    expect(words).toEqual(['een briefje', 'nog een']);
    expect(document.value.meta.value).toEqual({
      title: 'Warm dorp',
      sector: 'energie',
      language: 'nl',
    });
    expect(document.value.sdgs.value).toEqual([7, 11]);
    expect(document.value.statements.impact.value).toBe('Elk huis warm');
    expect(writable.value).toBe(false);
  });

  it('tells listed partners from those only named by notes', () => {
    const { document } = openStill(FILE);
    const partners = document.value.partners.value;

    expect(partners.map(({ name, order }) => [name, order !== null])).toEqual([
      ['Gemeente', true],
      ['Bakkerij', true],
      ['Molenaar', false],
    ]);
    expect(document.value.sortedNotes('returns')[0]?.for).toBe(partners[2]?.id);
  });

  it('shows a past moment from its update, with its people', () => {
    const past = documentOf('anna');
    past.edit.addNote('value', { text: 'toen' });
    const anna = {
      id: 'anna',
      name: 'Anna',
      partner: null,
      role: 'partner',
    } as const;

    const session = openStill(Y.encodeStateAsUpdate(past.doc), {
      people: new Map([['anna', anna]]),
    });

    const [note] = session.document.value.sortedNotes('value');
    expect(note && session.authorOf(note)).toEqual(anna);
    expect(session.document.value.ready.value).toBe(true);
  });
});
