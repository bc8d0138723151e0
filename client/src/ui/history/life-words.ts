// The life of a note or statement in words, and who wrote which of its words. Pure; drawing is `LifePanel.tsx` and `WhoWroteWhat.tsx`.

import type { Happening, WordRun } from '../../history-api';
import { t, type Key } from '../../i18n';
import { listing } from '../../i18n/listing';
import { placeName } from '../panels/place-name';

const TOLD_FIELDS: readonly string[] = ['partner', 'form', 'amount', 'kind', 'for', 'due', 'sdg'];

/** What someone did, after their name: "brought this in at Value". */
export function happeningWords({ kind, place, was_at, fields }: Happening): string {
  const names = fields.filter((name) => TOLD_FIELDS.includes(name)).map((name) => t(`change.field.${name}` as Key));
  if (kind === 'changed' && names.length > 0) return t('life.changed.fields', { fields: listing(names) });
  return t(`life.${kind}`, { place: placeName(place), from: placeName(was_at) });
}

/** Words next to each other that one person wrote, and that are all there or were all deleted by the same person. */
export interface Passage {
  readonly text: string;
  readonly by: string;
  /** When the last of it was written. */
  readonly at: number;
  readonly deleted: { readonly by: string; readonly at: number } | null;
}

export function passagesOf(runs: readonly WordRun[], withDeleted: boolean): readonly Passage[] {
  const passages: Passage[] = [];
  for (const { text, by, at, deleted } of runs) {
    if (text === '' || (deleted && !withDeleted)) continue;
    const last = passages.at(-1);
    if (last?.by === by && last.deleted?.by === deleted?.by) {
      passages[passages.length - 1] = { ...last, text: last.text + text, at: Math.max(last.at, at) };
    } else passages.push({ text, by, at, deleted });
  }
  return passages;
}

/** Who wrote, and how many words of what is there now, most first. */
export function authorsOf(passages: readonly Passage[]): readonly { readonly by: string; readonly words: number }[] {
  const counts = new Map<string, number>();
  for (const { by, text, deleted } of passages) {
    const words = deleted ? 0 : (text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0);
    counts.set(by, (counts.get(by) ?? 0) + words);
  }
  return [...counts].map(([by, words]) => ({ by, words })).sort((one, other) => other.words - one.words);
}

/** Whether anything of a text was deleted. */
export function hasDeleted(runs: readonly WordRun[]): boolean {
  return runs.some(({ deleted, text }) => deleted !== null && text.trim() !== '');
}
