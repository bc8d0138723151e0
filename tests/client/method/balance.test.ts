// Give and take (client/src/method/balance.ts), also reckoned in another way over many made-up cases.

import { describe, expect, it } from 'vitest';
import { balanceOf, receiversOf } from '../../../client/src/method/balance';
import type { CasePicture } from '../../../client/src/method/picture';
import { link, note, partner, picture } from './pictures';

describe('the balance', () => {
  it('keeps euros, hours and the rest apart', () => {
    const { whole } = balanceOf(
      picture({
        notes: [
          note('a', 'contributions', { form: 'cash', amount: 500 }),
          note('b', 'contributions', { form: 'hours', amount: 40 }),
          note('c', 'contributions', { form: 'knowledge' }),
          note('d', 'returns', { kind: 'financial', amount: 900 }),
          note('e', 'returns', { kind: 'non-financial' }),
        ],
      }),
    );

    expect([whole.gives.euro, whole.gives.hours, whole.gives.notes.length]).toEqual([500, 40, 3]);
    expect([whole.takes.financial.euro, whole.takes.nonFinancial.notes.length]).toEqual([900, 1]);
  });

  it('lets those stand out who give or get nothing', () => {
    const { partners } = balanceOf(
      picture({
        partners: [partner('bakery'), partner('school')],
        notes: [note('a', 'contributions', { partner: 'bakery' }), note('b', 'returns', { for: 'school' })],
      }),
    );

    expect(partners.map(({ givesNothing, takesNothing }) => [givesNothing, takesNothing])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  it('counts a return for everyone for each, and for the whole once', () => {
    const { partners, whole } = balanceOf(
      picture({
        partners: [partner('bakery'), partner('school')],
        notes: [note('a', 'returns', { for: 'all', kind: 'financial', amount: 100 })],
      }),
    );

    expect(partners.map(({ takes }) => [takes.financial.euro, takes.shared])).toEqual([
      [100, 1],
      [100, 1],
    ]);
    expect(whole.takes.financial.euro).toBe(100);
  });

  it('weighs a partner that left only while notes name it', () => {
    const left = { left: 1 };
    const { partners } = balanceOf(
      picture({
        partners: [partner('gone', left), partner('missed', left)],
        notes: [note('a', 'contributions', { partner: 'missed' })],
      }),
    );

    expect(partners.map((each) => each.partner.id)).toEqual(['missed']);
  });

  it('knows whom a return is for by its field, by its links, and else by who wrote it down', () => {
    const parts = { partners: [partner('bakery'), partner('school')], links: [link('r', 'school')] };

    expect([...receiversOf(note('r', 'returns', { for: 'bakery' }), parts)].sort()).toEqual(['bakery', 'school']);
    expect([...receiversOf(note('q', 'returns', { partner: 'bakery' }), parts)]).toEqual(['bakery']);
    expect([...receiversOf(note('q', 'returns', { for: 'nobody', partner: 'bakery' }), parts)]).toEqual([]);
  });

  it('is what counting by hand gives', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const made = madeUp(seed);
      const { partners, whole } = balanceOf(made);
      for (const each of partners) expect(summary(each), `seed ${seed}`).toEqual(byHand(made, each.partner.id));
      expect(whole.gives.euro + whole.gives.hours).toBe(
        made.notes.filter(({ place }) => place === 'contributions').reduce((sum, { amount }) => sum + (amount ?? 0), 0),
      );
    }
  });
});

type Each = ReturnType<typeof balanceOf>['partners'][number];

function summary({ gives, takes }: Each): Record<string, number> {
  const { financial, nonFinancial, unsaid } = takes;
  return {
    euro: gives.euro,
    hours: gives.hours,
    given: gives.notes.length,
    taken: financial.notes.length + nonFinancial.notes.length + unsaid.notes.length,
    earned: financial.euro + nonFinancial.euro + unsaid.euro,
  };
}

/** The same, one note at a time. */
function byHand(made: CasePicture, id: string): Record<string, number> {
  const sums = { euro: 0, hours: 0, given: 0, taken: 0, earned: 0 };
  for (const each of made.notes) {
    const amount = each.amount ?? 0;
    if (each.place === 'contributions' && each.partner === id) {
      sums.given += 1;
      if (each.form === 'hours') sums.hours += amount;
      else sums.euro += amount;
    }
    if (each.place !== 'returns') continue;
    const isLinked = made.links.some(
      ({ from, to }) => (from === each.id && to === id) || (to === each.id && from === id),
    );
    const isLinkedAtAll = made.links.some(
      ({ from, to }) => [from, to].includes(each.id) && made.partners.some((one) => [from, to].includes(one.id)),
    );
    const isOwn = each.for === null && !isLinkedAtAll && each.partner === id;
    if (each.for !== id && each.for !== 'all' && !isLinked && !isOwn) continue;
    sums.taken += 1;
    if (each.form !== 'hours') sums.earned += amount;
  }
  return sums;
}

function madeUp(seed: number): CasePicture {
  let state = seed;
  const pick = <T>(items: readonly T[]): T => {
    state = (state * 48271) % 2147483647;
    return items[state % items.length] as T;
  };
  const names = ['p1', 'p2', 'p3'];
  const notes = Array.from({ length: 12 }, (_, index) =>
    note(`n${index}`, pick(['contributions', 'returns', 'value']), {
      partner: pick([null, ...names]),
      for: pick([null, 'all', ...names]),
      form: pick([null, 'cash', 'hours', 'goods']),
      kind: pick([null, 'financial', 'non-financial']),
      amount: pick([null, 5, 100, 2500]),
    }),
  );
  const links = Array.from({ length: 4 }, (_, index) => ({ ...link(`n${index * 3}`, pick(names)), id: `l${index}` }));
  return picture({ notes, partners: names.map((name) => partner(name)), links });
}
