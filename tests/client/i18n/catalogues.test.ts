// Both languages say everything, and say nothing that nobody asks for.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { en as enFirst } from '../../../client/src/i18n/en';
import { enLater } from '../../../client/src/i18n/en-later';
import { nl as nlFirst } from '../../../client/src/i18n/nl';
import { nlLater } from '../../../client/src/i18n/nl-later';

const nl = { ...nlFirst, ...nlLater };
const en: typeof nl extends Record<infer K, string> ? Record<K, string> : never = { ...enFirst, ...enLater };

const source = path.resolve(import.meta.dirname, '../../../client/src');
const code = sourceFiles(source)
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const keys = Object.keys(nl) as (keyof typeof nl)[];

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith('i18n'))
    .map((file) => path.join(folder, file));
}

function holes(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole).sort();
}

/** Keys written in full, and keys put together from a fixed start: t(`role.${role}`). */
function isAsked(key: string): boolean {
  const stem = key.replace(/\.(one|other)$/, '');
  const written = [`'${key}'`, `'${stem}'`].some((literal) => code.includes(literal));
  return written || composed.some((pattern) => pattern.test(key) || pattern.test(stem));
}

const composed = [...code.matchAll(/`([\w-]+(?:\.[\w-]+)*\.?)?\$\{[^}`]+\}((?:\.[\w-]+)*)`/g)]
  .filter(([, start = '', end = '']) => start.includes('.') || end.startsWith('.'))
  .map(([, start = '', end = '']) => new RegExp(`^${literal(start)}[\\w.-]+${literal(end)}$`));

function literal(text: string): string {
  return text.replace(/[.$]/g, '\\$&');
}

describe('the catalogues', () => {
  it('have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('fill in the same things in %s', (key) => {
    expect(holes(en[key])).toEqual(holes(nl[key]));
  });

  it.each([
    ['nl', nl],
    ['en', en],
  ] as const)('have words for every key in %s', (_, catalogue) => {
    expect(Object.entries(catalogue).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('give both forms of every plural', () => {
    const others = keys.filter((key) => key.endsWith('.one')).map((key) => key.replace(/\.one$/, '.other'));

    expect(keys).toEqual(expect.arrayContaining(others));
  });

  it('hold nothing that the source never asks for', () => {
    expect(keys.filter((key) => !isAsked(key))).toEqual([]);
  });
});
