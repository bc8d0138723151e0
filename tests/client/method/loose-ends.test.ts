// What hangs loose (client/src/method/loose-ends.ts).

import { describe, expect, it } from 'vitest';
import { looseEnds } from '../../../client/src/method/loose-ends';
import type { CasePicture } from '../../../client/src/method/picture';
import { link, note, partner, picture } from './pictures';

function found(parts: Partial<CasePicture>): string[] {
  return looseEnds(picture(parts)).map((end) => `${end.kind} ${end.note?.id ?? end.partner?.id ?? ''}`);
}

describe('loose ends', () => {
  it('are none in an empty case, nor in a piece that stands alone', () => {
    expect(found({})).toEqual([]);
    expect(found({ notes: [note('a', 'audiences'), note('r', 'resources')], partners: [partner('p')] })).toEqual([]);
  });

  it('are what misses its counterpart once both sides are begun', () => {
    const notes = [note('a1', 'audiences'), note('a2', 'audiences'), note('v', 'value'), note('w', 'value')];

    expect(found({ notes, links: [link('v', 'a1', 'serves')] })).toEqual([
      'audience-unserved a2',
      'value-for-nobody w',
    ]);
  });

  it('are tied by a pair as well', () => {
    const notes = [note('a', 'audiences'), note('v', 'value')];

    expect(found({ notes, pairs: [{ id: 'p', audience: 'a', value: 'v', order: 'a' }] })).toEqual([]);
  });

  it('are not tied by a link to what is gone', () => {
    const notes = [note('r', 'resources'), note('c', 'contributions', { partner: 'p' })];

    expect(found({ notes, partners: [partner('p')], links: [link('gone', 'r')] })).toEqual(['resource-uncovered r']);
  });

  it('tell which partner gives or gets nothing, once there is give and take at all', () => {
    const partners = [partner('bakery'), partner('school'), partner('gone', { left: 1 })];
    const notes = [note('c', 'contributions', { partner: 'bakery' }), note('r', 'returns', { for: 'all' })];

    expect(found({ notes, partners })).toEqual(['partner-gives-nothing school']);
  });

  it('tell what is of or for nobody', () => {
    const notes = [note('c', 'contributions'), note('r', 'returns')];

    expect(found({ notes })).toEqual(['contribution-of-nobody c', 'return-for-nobody r']);
  });

  it('ask each step who takes it on, and whether it leads to the ambition', () => {
    const notes = [note('s', 'roadmap/2/step'), note('t', 'roadmap/1/step'), note('w', 'roadmap/1/who')];

    expect(found({ notes, links: [link('t', 'ambition', 'leads-to')] })).toEqual([
      'step-of-nobody s',
      'step-without-goal s',
    ]);
    expect(
      found({
        notes: [note('t', 'roadmap/1/step'), note('w', 'roadmap/1/who'), note('b', 'ambition')],
        links: [link('t', 'b')],
      }),
    ).toEqual([]);
  });

  it('ask what relieves a pain, and show what answers nothing', () => {
    const pairs = [{ id: 'p', audience: 'a', value: 'v', order: 'a' }];
    const notes = [
      note('a', 'audiences'),
      note('v', 'value'),
      note('x', 'vpc/p/pains'),
      note('y', 'vpc/p/pains'),
      note('z', 'vpc/p/relievers'),
    ];

    expect(found({ notes, pairs, links: [link('z', 'x', 'relieves')] })).toEqual(['pain-unrelieved y']);
  });

  it('find notes of a pair that is gone', () => {
    expect(found({ notes: [note('x', 'vpc/gone/jobs')] })).toEqual(['homeless x']);
    const halved = [{ id: 'p', audience: 'gone', value: 'v', order: 'a' }];
    expect(found({ notes: [note('v', 'value'), note('x', 'vpc/p/jobs')], pairs: halved })).toEqual(['homeless x']);
  });

  it('leave empty notes alone', () => {
    expect(
      found({ notes: [note('c', 'contributions', { text: ' ' }), note('x', 'vpc/gone/jobs', { text: '' })] }),
    ).toEqual([]);
  });
});
