// Lists of words in the present language, through `Intl` alone.

import { language } from './index';

/** "a, b and c". */
export function listing(items: readonly string[]): string {
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(items);
}
