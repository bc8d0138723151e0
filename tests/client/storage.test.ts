// What this browser remembers (client/src/storage.ts).

import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  forgetAll,
  forgetCase,
  knownCase,
  knownCases,
  knownEpoch,
  remember,
  rememberCase,
  remembered,
  rememberedUnder,
  rememberSeat,
} from '../../client/src/storage';

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

describe('who I am in a case', () => {
  const me = { participant: 'p', name: 'Wil', role: 'partner', partner: null, title: 'Wind', language: 'nl' } as const;

  it('is kept, with the epoch, when the case is opened again or gets another name', () => {
    rememberCase({ ...wind, me });
    rememberSeat('a', me, 3);
    rememberCase({ ...wind, title: 'More wind' });
    rememberCase({ ...wind, me });

    expect(knownCase('a')?.me).toEqual(me);
    expect(knownEpoch('a', 'p')).toBe(3);
  });

  it('follows what the server says of my role', () => {
    rememberCase({ ...wind, me });
    rememberSeat('a', { ...me, role: 'viewer' }, 1);

    expect(knownCase('a')).toMatchObject({ role: 'viewer', me: { role: 'viewer', title: 'Wind' } });
  });

  it('is never mixed with somebody else', () => {
    rememberCase({ ...wind, me });
    rememberSeat('a', me, 3);
    expect(knownEpoch('a', 'q')).toBeNull();
    rememberSeat('a', { ...me, participant: 'q' }, 4);
    expect(knownEpoch('a', 'p')).toBe(3);

    rememberCase({ ...wind, me: { ...me, participant: 'q' } });

    expect(knownEpoch('a', 'q')).toBeNull();
    expect(knownEpoch('a', 'p')).toBeNull();
  });
});

it('forgets what was remembered under one beginning, and nothing else', () => {
  remember('tray.a.p', '1');
  remember('tray.a.q', '2');
  remember('tray.ab.p', '3');

  expect(rememberedUnder('tray.a.').sort()).toEqual(['1', '2']);
  forgetAll('tray.a.');

  expect(rememberedUnder('tray.')).toEqual(['3']);
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
