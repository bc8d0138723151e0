// Every visible text comes through `t`. The language is a signal, so a screen that calls `t` while it
// renders is drawn again when someone switches.
//
// A key with `.one` and `.other` forms is asked for by its stem and a `count`; `Intl.PluralRules` picks.
// Only the texts of the language in use are loaded, and those of pages and windows that come later when they come: nothing may be
// drawn before `startLanguage` is done, and nothing loaded on demand before `wholeLanguage`. Dates and durations are in
// format.ts, lists in listing.ts; the texts themselves in nl.ts, nl-later.ts, en.ts and en-later.ts.

import { batch, effect, signal } from '@preact/signals';
import { remember, remembered } from '../storage';
import type { nl } from './nl';
import type { nlLater } from './nl-later';

export type Language = 'nl' | 'en';
export const languages: readonly Language[] = ['nl', 'en'];

type Entry = keyof typeof nl | keyof typeof nlLater;
type Stem<K> = K extends `${infer S}.other` ? S : never;
export type Key = Entry | Stem<Entry>;
export type Params = Readonly<Record<string, string | number>>;
type Catalogue = Readonly<Record<string, string>>;

const loaders: Readonly<Record<Language, readonly [first: () => Promise<Catalogue>, later: () => Promise<Catalogue>]>> =
  {
    nl: [async () => (await import('./nl')).nl, async () => (await import('./nl-later')).nlLater],
    en: [async () => (await import('./en')).en, async () => (await import('./en-later')).enLater],
  };
const languageKey = 'language';

export const language = signal<Language>(preferredLanguage());

/** The language as `Intl` knows it; English as it is written in Europe: the day before the month, and twenty-four hours. */
export function locale(): string {
  return language.value === 'en' ? 'en-GB' : language.value;
}
const catalogue = signal<Catalogue>({});
/** Something asked for the texts that come later, so every language brings them from now on. */
let wantsLater = false;
let whole: Language | null = null;

/** Load the texts of the language this browser prefers. */
export function startLanguage(): Promise<void> {
  return speak(language.value);
}

/** Load the texts of what comes later as well. */
export async function wholeLanguage(): Promise<void> {
  wantsLater = true;
  if (whole !== language.value) await speak(language.value);
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
  const isWhole = wantsLater;
  const [first, later] = loaders[chosen];
  const texts = await Promise.all(isWhole ? [first(), later()] : [first()]);
  // The later texts may have been asked for while the first were under way.
  if (isWhole !== wantsLater) return speak(chosen);
  whole = isWhole ? chosen : null;
  batch(() => {
    catalogue.value = Object.assign({}, ...texts) as Catalogue;
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
