// Texts with things filled in, plurals, and the choice of a language (client/src/i18n/index.ts).

import { beforeEach, describe, expect, it } from 'vitest';
import { isLanguage, language, setLanguage, t, wholeLanguage } from '../../../client/src/i18n';

beforeEach(async () => {
  await setLanguage('en');
  await wholeLanguage();
});

describe('t', () => {
  it('speaks the chosen language and remembers it', async () => {
    await setLanguage('nl');

    expect(t('common.close')).toBe('Sluiten');
    expect(document.documentElement.lang).toBe('nl');
    expect(localStorage.getItem('puzzeltafel.language')).toBe('nl');
  });

  it('picks the form that goes with the count', () => {
    expect(t('notes.count', { count: 1 })).toBe('1 note');
    expect(t('notes.count', { count: 0 })).toBe('0 notes');
  });

  it('writes numbers the way the language does', async () => {
    expect(t('notes.count', { count: 1234 })).toBe('1,234 notes');
    await setLanguage('nl');
    expect(t('notes.count', { count: 1234 })).toBe('1.234 briefjes');
  });

  it('fills in names as they are, braces and all', () => {
    expect(t('example.copy.title', { title: '{count} <b>' })).toContain('‘{count} <b>’');
  });
});

describe('isLanguage', () => {
  it('knows the two there are', () => {
    expect(['nl', 'en', 'de', null].map(isLanguage)).toEqual([true, true, false, false]);
    expect(language.value).toBe('en');
  });
});
