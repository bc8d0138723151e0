// Reading a chosen file before it goes to the server: what it is, so that someone sees they picked the right
// one. Whether it is a good case file is for the server to say; here only what could never be one is refused.

import { isLanguage, type Language } from '../../i18n';

export interface Preview {
  readonly file: unknown;
  readonly title: string;
  readonly impact: string;
  readonly language: Language | null;
  readonly notes: number;
  readonly partners: readonly string[];
}

export type Unreadable =
  { readonly problem: 'size'; readonly megabytes: number } | { readonly problem: 'json' | 'format' };

const maxBytes = 1_000_000;

/** Read the text of a file of `size` bytes. */
export function readCaseFile(text: string, size: number): Preview | Unreadable {
  if (size > maxBytes) return { problem: 'size', megabytes: Math.ceil(size / 100_000) / 10 };
  const file = parse(text);
  if (file === undefined) return { problem: 'json' };
  const fields = record(file);
  if (!words(fields['format']).startsWith('purpose-case/')) return { problem: 'format' };
  return previewOf(file, fields);
}

function previewOf(file: unknown, fields: Readonly<Record<string, unknown>>): Preview {
  const pieces = record(fields['notes']);
  const notes = Object.entries(pieces).filter(([piece]) => piece !== 'partners');
  return {
    file,
    title: words(fields['title']),
    impact: words(record(fields['statements'])['impact']),
    language: isLanguage(fields['language']) ? fields['language'] : null,
    notes: notes.reduce((sum, [, items]) => sum + list(items).length, 0),
    partners: list(pieces['partners'])
      .map((item) => words(item) || words(record(item)['text']))
      .filter((name) => name !== ''),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
