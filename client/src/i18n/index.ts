// Every visible text comes through `t`. The language is a signal, so a screen that calls `t` while it
// renders is drawn again when someone switches.
//
// A key with `.one` and `.other` forms is asked for by its stem and a `count`; `Intl.PluralRules` picks.
// Only the catalogue of the language in use is loaded; nothing may be drawn before `startLanguage` is done. Dates, lists
// and durations are in format.ts; the texts themselves in nl.ts and en.ts.

import { batch, effect, signal } from '@preact/signals';
import { remember, remembered } from '../storage';
import type { nl } from './nl';

export type Language = 'nl' | 'en';
export const languages: readonly Language[] = ['nl', 'en'];

type Entry = keyof typeof nl;
type Stem<K> = K extends `${infer S}.other` ? S : never;
export type Key = Entry | Stem<Entry>;
export type Params = Readonly<Record<string, string | number>>;
type Catalogue = Readonly<Record<string, string>>;

const loaders: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  nl: async () => (await import('./nl')).nl,
  en: async () => (await import('./en')).en,
};
const languageKey = 'language';

export const language = signal<Language>(preferredLanguage());
const catalogue = signal<Catalogue>({});

/** Load the texts of the language this browser prefers. */
export function startLanguage(): Promise<void> {
  return speak(language.value);
}

/** Choose a language for this browser, now and later. */
export function setLanguage(chosen: Language): Promise<void> {
  remember(languageKey, chosen);
  return speak(chosen);
}

/** The text for `key` in the present language, with `{name}` filled in from `params`. */
export function t(key: Key, params: Params = {}): string {
  const texts = catalogue.value;
  const text = texts[key] ?? texts[pluralKey(key, params)] ?? key;
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => fill(params[name], hole));
}

export function isLanguage(value: unknown): value is Language {
  return value === 'nl' || value === 'en';
}

async function speak(chosen: Language): Promise<void> {
  const texts = await loaders[chosen]();
  batch(() => {
    catalogue.value = texts;
    language.value = chosen;
  });
}

function pluralKey(key: string, params: Params): string {
  const form = new Intl.PluralRules(language.value).select(Number(params['count']));
  return `${key}.${form === 'one' ? 'one' : 'other'}`;
}

function fill(value: string | number | undefined, hole: string): string {
  if (value === undefined) return hole;
  return typeof value === 'number' ? new Intl.NumberFormat(language.value).format(value) : value;
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
