// What this browser remembers (client/src/storage.ts).

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetCase, knownCases, remember, rememberCase, remembered } from '../../client/src/storage';

const wind = { id: 'a', title: 'Wind', role: 'partner', openedAt: 1 };
const water = { id: 'b', title: 'Water', role: 'viewer', openedAt: 2 };

beforeEach(() => localStorage.clear());

describe('the cases on this device', () => {
  it('are listed last opened first, each once', () => {
    rememberCase(wind);
    rememberCase(water);
    rememberCase({ ...wind, title: 'More wind' });

    expect(knownCases().map(({ title }) => title)).toEqual(['More wind', 'Water']);
  });

  it('can be forgotten', () => {
    rememberCase(wind);
    forgetCase('a');

    expect(knownCases()).toEqual([]);
  });

  it('survive a list that something else spoiled', () => {
    remember('cases', '[{"id":1},"x",null]');
    expect(knownCases()).toEqual([]);

    remember('cases', 'not json');
    expect(knownCases()).toEqual([]);
  });
});

it('works without storage', () => {
  const refuse = (): never => {
    throw new DOMException('denied', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });

  remember('name', 'Wil');
  expect(remembered('name')).toBeNull();
  vi.unstubAllGlobals();
});
