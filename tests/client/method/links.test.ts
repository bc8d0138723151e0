// What links mean, and how well a pair fits (client/src/method/links.ts, fit.ts).

import { describe, expect, it } from 'vitest';
import { fitOf } from '../../../client/src/method/fit';
import { kindOf, linkBetween, otherEnd, partnersInMeaning, thingAt } from '../../../client/src/method/links';
import { link, note } from './pictures';

describe('linkBetween', () => {
  it.each([
    ['contributions', 'resources', 'covers'],
    ['value', 'audiences', 'serves'],
    ['returns', 'partner', 'rewards'],
    ['measures', 'consequences', 'answers'],
    ['step', 'ambition', 'leads-to'],
    ['relievers', 'pains', 'relieves'],
  ])('runs from %s to %s as %s, whichever was taken first', (from, to, kind) => {
    const [one, other] = [
      { id: 'one', thing: from },
      { id: 'other', thing: to },
    ];

    expect(linkBetween(one, other)).toEqual({ from: 'one', to: 'other', kind });
    expect(linkBetween(other, one)).toEqual({ from: 'one', to: 'other', kind });
  });

  it('ties anything else as related', () => {
    expect(linkBetween({ id: 'a', thing: 'value' }, { id: 'b', thing: 'value' }).kind).toBe('related');
  });
});

describe('the ends of links', () => {
  it('are what lies at a place', () => {
    expect(['value', 'vpc/p/pains', 'roadmap/2/step', 'nowhere'].map(thingAt)).toEqual(['value', 'pains', 'step', '']);
  });

  it('know what gives them a meaning', () => {
    expect(partnersInMeaning('step')).toEqual(['ambition', 'resources', 'returns']);
    expect(partnersInMeaning('continuity')).toEqual([]);
  });

  it('read an unknown kind as related', () => {
    expect([kindOf(link('a', 'b', 'serves')), kindOf(link('a', 'b', 'invented'))]).toEqual(['serves', 'related']);
    expect(otherEnd(link('a', 'b'), 'b')).toBe('a');
  });
});

describe('the fit of a pair', () => {
  const notes = [
    note('x', 'vpc/p/pains'),
    note('y', 'vpc/p/pains'),
    note('z', 'vpc/p/relievers'),
    note('g', 'vpc/p/gains'),
    note('other', 'vpc/q/relievers'),
  ];

  it('counts what is met, and shows what stands loose', () => {
    const fit = fitOf({ notes, links: [link('z', 'x', 'relieves')] }, 'p');

    expect(fit).toEqual({ pains: { met: 1, count: 2 }, gains: { met: 0, count: 1 }, loose: new Set(['y', 'g']) });
  });

  it('does not count what lies in another pair', () => {
    expect(fitOf({ notes, links: [link('other', 'x', 'relieves')] }, 'p').pains.met).toBe(0);
  });
});
