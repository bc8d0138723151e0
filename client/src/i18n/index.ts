// Every visible text comes through `t`. The language is a signal, so a screen that calls `t` while it
// renders is drawn again when someone switches.
//
// A key with `.one` and `.other` forms is asked for by its stem and a `count`; `Intl.PluralRules` picks.
// Dates, lists and durations are in format.ts; the texts themselves in nl.ts and en.ts.

import { effect, signal } from '@preact/signals';
import { remember, remembered } from '../storage';
import { en } from './en';
import { nl } from './nl';

export type Language = 'nl' | 'en';
export const languages: readonly Language[] = ['nl', 'en'];

type Entry = keyof typeof nl;
type Stem<K> = K extends `${infer S}.other` ? S : never;
export type Key = Entry | Stem<Entry>;
export type Params = Readonly<Record<string, string | number>>;

const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = { nl, en };
const languageKey = 'language';

export const language = signal<Language>(preferredLanguage());

/** Choose a language for this browser, now and later. */
export function setLanguage(chosen: Language): void {
  language.value = chosen;
  remember(languageKey, chosen);
}

/** The text for `key` in the present language, with `{name}` filled in from `params`. */
export function t(key: Key, params: Params = {}): string {
  return translate(language.value, key, params);
}

/** The text for `key` in one language, whatever the screen shows. */
export function translate(into: Language, key: Key, params: Params = {}): string {
  const catalogue = catalogues[into];
  const text = catalogue[key] ?? catalogue[pluralKey(into, key, params)] ?? key;
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => fill(into, params[name], hole));
}

export function isLanguage(value: unknown): value is Language {
  return value === 'nl' || value === 'en';
}

function pluralKey(into: Language, key: string, params: Params): string {
  const form = new Intl.PluralRules(into).select(Number(params['count']));
  return `${key}.${form === 'one' ? 'one' : 'other'}`;
}

function fill(into: Language, value: string | number | undefined, hole: string): string {
  if (value === undefined) return hole;
  return typeof value === 'number' ? new Intl.NumberFormat(into).format(value) : value;
}

function preferredLanguage(): Language {
  const chosen = remembered(languageKey);
  if (isLanguage(chosen)) return chosen;
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage);
  return spoken ?? 'en';
}

effect(() => {
  document.documentElement.lang = language.value;
});
