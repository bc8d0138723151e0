// Fractional indexes (client/src/order.ts).

import { describe, expect, it } from 'vitest';
import { byOrder, orderAt, orderBetween, type Ordered } from '../../client/src/order';

const LAST_RANDOM = 0.999;

function listOf(orders: readonly string[]): Ordered[] {
  return orders.map((order, index) => ({ id: `id-${index}`, order }));
}

describe('orderBetween', () => {
  it.each([
    [null, null],
    ['a0', null],
    [null, 'a0'],
    ['a0', 'a1'],
    ['a1', 'a2'],
    ['Zz', 'a0'],
    ['V000x7', 'V001'],
    ['zzzz', null],
    [null, '0001'],
    ['a', 'a01'],
  ])('gives a key between %s and %s', (before, after) => {
    const key = orderBetween(before, after);

    expect(key > (before ?? '')).toBe(true);
    if (after !== null) expect(key < after).toBe(true);
    expect(key).toMatch(/^[0-9A-Za-z]+$/);
  });

  it('comes to an end even where no key fits', () => {
    expect(orderBetween('a', 'a0') > 'a').toBe(true);
  });
});

describe('orderAt', () => {
  it('keeps a list sorted whatever the order of inserting', () => {
    let list: Ordered[] = [];
    for (let step = 0; step < 300; step += 1) {
      const index = (step * 7919) % (list.length + 1);
      const item = {
        id: `id-${step}`,
        order: orderAt(list, index, () => (step % 10) / 10),
      };
      list = [...list.slice(0, index), item, ...list.slice(index)];
    }

    expect([...list].sort(byOrder)).toEqual(list);
  });

  it('keeps keys short when a list only grows at its end', () => {
    const list: Ordered[] = [];
    for (let step = 0; step < 1000; step += 1) list.push({ id: `id-${step}`, order: orderAt(list, step) });

    expect(Math.max(...list.map((item) => item.order?.length ?? 0))).toBeLessThanOrEqual(6);
  });

  it('keeps two people apart who add at the same spot', () => {
    const list = listOf(['a0']);

    expect(orderAt(list, 1, () => 0)).not.toBe(orderAt(list, 1, () => LAST_RANDOM));
  });

  it('goes past a tie instead of failing', () => {
    const list = listOf(['a0', 'a0', 'a1']);

    const order = orderAt(list, 1);

    expect(order > 'a0' && order < 'a1').toBe(true);
  });
});
